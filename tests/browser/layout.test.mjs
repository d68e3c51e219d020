// Pages fit narrow and zoomed screens, say the same without scripts, and print as documents.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PAGES, UNLIKE_PAGES, assertNone, launch, openDetails, serve } from './site.mjs';

/** Old phones; and 640, a 1280 pixel screen at 200 % zoom. */
const WIDTHS = [320, 360, 640];
/** Pages that hold one document of the library each. */
const DOCUMENTS = PAGES.filter((file) =>
  /^\w+\/(handouts|worksheets|quick-reference|session-guides|suitability|evidence|course)\//.test(file),
);

let server, browser, context, scriptless;
before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  context = await browser.newContext();
  scriptless = await browser.newContext({ javaScriptEnabled: false });
});
after(async () => {
  await browser?.close();
  server?.close();
});

/** What `look` sees on the page, all <details> open. */
async function visit(file, visitor, look) {
  const page = await visitor.newPage();
  await page.goto(`${server.origin}/${file}`);
  await openDetails(page);
  const seen = await look(page);
  await page.close();
  return seen;
}

describe('nothing scrolls sideways', { concurrency: 2 }, () => {
  for (const file of UNLIKE_PAGES) {
    it(file, async () => {
      const tooWide = await visit(file, context, async (page) => {
        const found = [];
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 640 });
          found.push(...(await page.evaluate(overflow)));
        }
        return found;
      });
      assertNone(tooWide);
    });
  }
});

/** Runs in the page. */
function overflow() {
  const width = document.scrollingElement.scrollWidth;
  if (width <= innerWidth + 1) return [];
  const culprits = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => element.outerHTML.slice(0, 80));
  return [`${width} at ${innerWidth} pixels, perhaps for ${culprits.slice(0, 3).join(' or ')}`];
}

describe('the text is the same without scripts', { concurrency: 2 }, () => {
  for (const file of UNLIKE_PAGES) {
    it(file, async () => {
      const text = await visit(file, scriptless, (page) => page.evaluate(mainText));
      assert.notEqual(text, '');
      assert.equal(text, await visit(file, context, (page) => page.evaluate(mainText)));
    });
  }
});

/** Runs in the page: what can be read in <main>, but for controls that need a script to work. */
function mainText() {
  const controls = 'button, output, search, noscript, [role=search], [role=status], [role=alert]';
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const words = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement;
    if (!parent.closest(controls) && parent.checkVisibility({ visibilityProperty: true })) words.push(text.data);
  }
  return words.join(' ').replace(/\s+/g, ' ').trim();
}

describe('print shows no navigation, but addresses of links and the control line of documents', { concurrency: 2 }, () => {
  it('there are documents', () => assert.notEqual(DOCUMENTS.length, 0));
  for (const file of UNLIKE_PAGES) {
    it(file, async () => {
      const isDocument = DOCUMENTS.includes(file);
      const faults = await visit(file, context, async (page) => {
        await page.emulateMedia({ media: 'print' });
        return page.evaluate(printFaults, isDocument);
      });
      assertNone(faults);
    });
  }
});

/** Runs in the page. */
function printFaults(isDocument) {
  const isVisible = (element) => element.checkVisibility({ visibilityProperty: true });
  const navigation = [...document.querySelectorAll('nav, [role=navigation]')]
    .filter((nav) => !nav.closest('main') && isVisible(nav))
    .map((nav) => `navigation: ${nav.outerHTML.slice(0, 80)}`);

  const main = document.querySelector('main');
  const bare = (address) => address.replace(/^https?:\/\/(doi\.org\/)?/, '').replace(/\/$/, '');
  const hidden = [...main.querySelectorAll('a[href^="http"]')].filter((link) => {
    const printed = ['::before', '::after'].map((pseudo) => getComputedStyle(link, pseudo).content);
    return isVisible(link) && ![main.innerText, ...printed].some((text) => text.includes(bare(link.getAttribute('href'))));
  });
  const addresses = hidden.map((link) => `no address for ${link.outerHTML}`);

  const line = document.querySelector('.document-control');
  const isControlled = line && isVisible(line) && line.innerText.trim() !== '';
  return [...navigation, ...addresses, ...(isDocument && !isControlled ? ['no document control line'] : [])];
}
