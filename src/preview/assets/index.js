// Comfort only: finds pages while somebody types, and needs no button for what is chosen. The form does the same without it.
(() => {
  'use strict';

  const form = document.querySelector('.own-filter');
  const table = document.querySelector('.own-pages');
  const words = form.querySelector('[name=q]');
  const caption = document.querySelector('.own-caption');
  form.querySelector('select').addEventListener('change', () => form.requestSubmit());

  // Only when the table holds every page that was asked for; of a longer list it would hide what is on later pages.
  if (table.dataset.whole !== 'true') return;
  const asked = words.value.trim().toLowerCase();
  const rows = [...table.tBodies[0].rows].map((row) => [row, row.cells[0].textContent.toLowerCase()]);
  words.addEventListener('input', () => {
    const now = words.value.trim().toLowerCase();
    // Fewer words may find pages that the server has left out.
    if (!now.startsWith(asked)) return form.requestSubmit();
    let found = 0;
    for (const [row, text] of rows) {
      row.hidden = !now.split(/\s+/).every((word) => text.includes(word));
      if (!row.hidden) found += 1;
    }
    caption.textContent = found === 0 ? 'No page is like that' : `${found.toLocaleString('en')} page${found === 1 ? '' : 's'}`;
  });
})();
