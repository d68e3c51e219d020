// A printed web page shows what the PDF beside it says, and nothing that only a screen has a use for. `tests/python/sheets.py` holds the
// words of a page's article to those of its PDF, but for parts of the article that it names; here these parts must not be printed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { PAGES, launch, serve } from './site.mjs';

const KINDS = ['handouts', 'worksheets', 'quick-reference', 'session-guides', 'suitability', 'evidence', 'course'];
const sheets = readFileSync(new URL('../python/sheets.py', import.meta.url), 'utf8');
const named = /ONLY_ON_THE_WEB = \{([^}]*)\}/.exec(sheets)[1].match(/[\w-]+/g);
/** Both are printed, though a PDF has them in lines of its own: where a page belongs, for professionals, and its document control. */
const IN_LINES_OF_ITS_OWN = ['chips', 'document-control'];
const ONLY_ON_SCREENS = named.filter((name) => !IN_LINES_OF_ITS_OWN.includes(name));

let server, browser, page;
before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  page = await browser.newPage();
  await page.emulateMedia({ media: 'print' });
});
after(async () => {
  await browser?.close();
  server?.close();
});

describe('printed web pages', () => {
  for (const kind of KINDS) {
    const file = PAGES.find((path) => path.startsWith(`clinician/${kind}/`) && !path.endsWith('/index.html'));
    it(`${file} prints what its PDF says`, async () => {
      await page.goto(`${server.origin}/${file}`);
      const { printed, expected, around, control, foot } = await page.evaluate((onlyOnScreens) => {
        const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
        const article = document.querySelector('article');
        const quick = document.documentElement.classList.contains('kind-quick-reference');
        const forPatients = document.documentElement.classList.contains('for-patients');
        const copy = article.cloneNode(true);
        const unwanted = [
          ...onlyOnScreens.map((name) => `.${name}`),
          'nav',
          '.currency',
          '.links .quiet',
          ...(forPatients ? ['.chips', '.clinician', '.trainee', '.instructor'] : []),
          // The foot of a quick reference's only page says it.
          ...(quick ? ['.sample-notice', '.document-control h2'] : []),
        ];
        copy.querySelectorAll(unwanted.join()).forEach((element) => element.remove());
        // Between two blocks there is a space, which textContent does not know.
        const walker = (root) => {
          const found = [];
          const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) found.push(...words(texts.currentNode.data));
          return found;
        };
        const shown = [];
        const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          if (texts.currentNode.parentElement.checkVisibility({ visibilityProperty: true })) shown.push(...words(texts.currentNode.data));
        }
        const visible = (selector) => [...document.querySelectorAll(selector)].some((element) => element.checkVisibility());
        return {
          printed: shown,
          expected: walker(copy),
          around: ['.skip', '.tools', '.menu', '.site-header nav', '.site-footer nav'].filter(visible),
          control: visible('article .document-control'),
          foot: document.querySelector('.sheet-line')?.innerText ?? '',
        };
      }, ONLY_ON_SCREENS);
      assert.deepEqual(printed, expected);
      assert.ok(printed.length > 100, 'there is something to print');
      assert.deepEqual(around, []);
      assert.ok(control, 'its document control is printed');
      assert.match(foot, /Not yet reviewed|Reviewed/);
      assert.match(foot, /sample library/);
    });
  }
});
