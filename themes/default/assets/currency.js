// Tells whether a printed copy is current, from the version that the code on it put into the address: …/c/HO-GRIEF.html?v=1.2
// The page says the same without this file. Nothing is remembered or sent.
(() => {
  'use strict';

  const status = document.querySelector('.copy-status');
  const yours = new URLSearchParams(location.search).get('v')?.trim();
  if (!status || !yours || yours.length > 40) return;

  const current = status.dataset.current;
  const listed = [...document.querySelectorAll('.changes [data-version]')].map((change) => change.dataset.version);
  const order = compare(yours, current);
  const answer = order === 0 ? 'current' : order < 0 || listed.includes(yours) ? 'older' : 'unknown';
  for (const place of status.querySelectorAll('.your-version')) place.textContent = yours;
  status.querySelector(`[data-when="${answer}"]`).hidden = false;

  /** Below 0 when one version comes before another; NaN when they are not numbers with dots between them. */
  function compare(one, other) {
    if (one === other) return 0;
    if (![one, other].every((version) => /^\d{1,9}(\.\d{1,9})*$/.test(version))) return NaN;
    const [a, b] = [one, other].map((version) => version.split('.').map(Number));
    const parts = Array.from({ length: Math.max(a.length, b.length) }, (_, at) => (a[at] ?? 0) - (b[at] ?? 0));
    return parts.find((difference) => difference !== 0) ?? 0;
  }
})();
