// The page that the code on a printed copy leads to says whether the copy is current, also without scripts.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { COPIES, SITE, launch, serve } from './site.mjs';

const COPY = COPIES[0];

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

/** What the page says of a copy, and its current version. */
async function said(query, { root = `${server.origin}/`, visitor = context } = {}) {
  const page = await visitor.newPage();
  await page.goto(`${root}${COPY}${query}`);
  const status = page.locator('.copy-status');
  const found = { text: (await status.innerText()).replace(/\s+/g, ' ').trim(), current: await status.getAttribute('data-current') };
  await page.close();
  return found;
}

describe('a copy', () => {
  it('is current', async () => {
    const { current } = await said('');
    for (const root of [`${server.origin}/`, `${pathToFileURL(SITE)}/`]) {
      for (const written of [current, `${current}.0`]) {
        assert.equal((await said(`?v=${written}`, { root })).text, `Your copy is current. It is version ${written}.`);
      }
    }
  });

  it('is older', async () => {
    const { text, current } = await said('?v=0.0.9');
    assert.equal(text, `There is a newer one. Your copy is version 0.0.9; the current one is ${current}.`);
  });

  it('is of a version that nobody knows', async () => {
    for (const version of ['999', 'draft', '<b>1</b>']) {
      const { text } = await said(`?v=${encodeURIComponent(version)}`);
      assert.equal(text, `This site does not know version ${version}. Compare your copy with the current one.`);
    }
  });

  it('of which nothing is known is compared by the reader', async () => {
    for (const query of ['', '?v=', '?v=%20', `?v=${'1'.repeat(41)}`, '?w=1']) assert.equal((await said(query)).text, '');
    assert.equal((await said('?v=0.0.9', { visitor: scriptless })).text, '');
    const page = await scriptless.newPage();
    await page.goto(`${server.origin}/${COPY}`);
    const current = await page.locator('.copy-status').getAttribute('data-current');
    assert.ok((await page.locator('main').innerText()).includes(`If it is not ${current}, use this one instead`));
    await page.close();
  });
});

it('every page with an id has one', () => assert.ok(COPIES.length > 20));
