// Whoever cannot use a mouse gets everywhere, sees where they are, and never gets stuck.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { EDITIONS, PAGES, SAMPLE, UNLIKE_PAGES, assertNone, launch, openDetails, serve } from './site.mjs';

let server, browser, context;
before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  context = await browser.newContext({ reducedMotion: 'reduce' });
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function open(file) {
  const page = await context.newPage();
  const response = await page.goto(`${server.origin}/${file}`);
  return { page, status: response.status() };
}

describe('following links with the keyboard from the home page', () => {
  for (const edition of EDITIONS) {
    it(`reaches every page for the ${edition}`, async () => {
      const { reached, dead } = await crawl(edition);
      const pages = PAGES.filter((file) => file.startsWith(`${edition}/`) && !file.endsWith('404.html'));
      const lost = pages.filter((file) => !reached.has(file)).map((file) => `no link leads to ${file}`);
      assertNone([...lost, ...dead]);
    });
  }
});

async function crawl(edition) {
  const dead = [];
  const linkedFrom = new Map([[`${edition}/index.html`, 'the start']]);
  for (const [file, origin] of linkedFrom) { // grows while we walk it
    const { page, status } = await open(file);
    if (status !== 200) dead.push(`${origin} links to ${file}, which is missing`);
    await openDetails(page);
    for (const address of status === 200 ? await page.evaluate(keyboardLinks) : []) {
      const target = decodeURIComponent(address.slice(server.origin.length + 1)).replace(/(^|\/)$/, '$1index.html');
      const isPage = address.startsWith(`${server.origin}/${edition}/`) && target.endsWith('.html');
      if (isPage && !linkedFrom.has(target)) linkedFrom.set(target, file);
    }
    await page.close();
  }
  return { reached: linkedFrom, dead };
}

/** Runs in the page: where the links lead that Tab stops at. */
function keyboardLinks() {
  return [...document.querySelectorAll('a[href]')]
    .filter((link) => link.tabIndex >= 0 && !link.closest('[inert]') && link.checkVisibility({ visibilityProperty: true }))
    .map((link) => new URL(link.getAttribute('href'), document.baseURI))
    .map((url) => url.origin + url.pathname);
}

describe('the first Tab stop is a link that skips to the content of', { concurrency: 2 }, () => {
  for (const file of UNLIKE_PAGES) {
    it(file, async () => {
      const { page } = await open(file);
      await page.keyboard.press('Tab');
      const address = await page.evaluate(() => document.activeElement.getAttribute('href'));
      assert.match(address ?? 'no link', /^#./);
      await page.keyboard.press('Enter');
      const inMain = () => document.activeElement.closest('main') !== null;
      assert.ok(await page.evaluate(inMain), `Enter on ${address} does not move the focus to <main>`);
      await page.close();
    });
  }
});

describe('Tab shows the focus at every stop and leads out of', { concurrency: 2 }, () => {
  for (const file of SAMPLE) {
    it(file, async () => {
      const { page } = await open(file);
      const count = await page.evaluate(noteFocusables);
      const faults = [];
      for (let press = 0, at = ''; at !== 'out'; press++) {
        assert.ok(press < 2 * count + 20, `Tab does not leave the page: it is at ${at}`);
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(stopAtFocus);
        at = stop.at;
        faults.push(...stop.faults.map((fault) => `${at} ${fault}`));
      }
      const unvisited = await page.evaluate(() => window.unvisited.map((element) => element.outerHTML.slice(0, 100)));
      await page.close();
      assertNone([...faults, ...unvisited.map((element) => `${element} is never reached`)]);
    });
  }
});

/** Runs in the page: notes what Tab should stop at, and how each looks without focus. */
function noteFocusables() {
  const all = 'a[href], button, input, select, textarea, details > summary:first-of-type, iframe, [tabindex], [contenteditable]';
  window.look = (element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    const hasOutline = outlineStyle !== 'none' && outlineWidth !== '0px' && outlineColor !== 'rgba(0, 0, 0, 0)';
    return `${hasOutline ? [outlineStyle, outlineWidth, outlineColor] : 'none'} ${boxShadow}`;
  };
  const focusables = [...document.querySelectorAll(all)].filter(
    (element) =>
      element.tabIndex >= 0 &&
      element.type !== 'radio' && // one stop for the whole group
      !element.disabled &&
      !element.closest('[inert]') &&
      element.checkVisibility({ visibilityProperty: true }),
  );
  window.looks = new Map(focusables.map((element) => [element, window.look(element)]));
  window.unvisited = focusables;
  return focusables.length;
}

/** Runs in the page after each press of Tab. */
function stopAtFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return { at: 'out', faults: [] };
  document.getAnimations().forEach((animation) => animation.finish());
  window.unvisited = window.unvisited.filter((other) => other !== element);

  const faults = [];
  const look = window.look(element);
  if (look === 'none none' || look === window.looks.get(element)) faults.push('does not show that it has the focus');
  const spots = [...element.getClientRects()].flatMap(({ left, right, top, bottom }) =>
    [0.1, 0.5, 0.9].map((part) => [left + part * (right - left), top + part * (bottom - top)]),
  );
  const isSeen = ([x, y]) => {
    const topmost = document.elementFromPoint(x, y);
    return topmost && (element.contains(topmost) || topmost.contains(element) && topmost.closest('label'));
  };
  if (!spots.some(isSeen)) faults.push('is off the screen or covered');
  return { at: element.outerHTML.slice(0, 100), faults };
}
