// Comfort only: finds pages while somebody types. The form does the same without it, and nothing but its button loads another page:
// who types, or goes through what can be chosen with the keyboard, is not to lose their place.
(() => {
  'use strict';

  const form = document.querySelector('.own-filter');
  const table = document.querySelector('.own-pages');
  const words = form.querySelector('[name=q]');
  const caption = document.querySelector('.own-caption');

  // Only when the table holds every page that was asked for; of a longer list it would hide what is on later pages.
  if (table.dataset.whole !== 'true') return;
  const asked = words.value.trim().toLowerCase();
  const rows = [...table.tBodies[0].rows].map((row) => [row, row.cells[0].textContent.toLowerCase()]);
  words.addEventListener('input', () => {
    const now = words.value.trim().toLowerCase();
    let found = 0;
    for (const [row, text] of rows) {
      row.hidden = !now.split(/\s+/).every((word) => text.includes(word));
      if (!row.hidden) found += 1;
    }
    const count = found === 0 ? 'No page is like that' : `${found.toLocaleString('en')} page${found === 1 ? '' : 's'}`;
    // Other words may find pages that the server has left out.
    caption.textContent = now.startsWith(asked) ? count : `${count}, of those found before: “Find” looks through all pages`;
  });
})();
