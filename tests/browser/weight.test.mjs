// A home page is small enough for an old phone on a slow line.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { HOMES, launch, serve } from './site.mjs';

const MOST_BYTES = 60_000;

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
});
after(async () => {
  await browser?.close();
  server?.close();
});

for (const home of HOMES) {
  it(`${home} with its styles and scripts is under ${MOST_BYTES} bytes`, async () => {
    const page = await browser.newPage();
    const loaded = [];
    page.on('response', (response) => loaded.push(response));
    await page.goto(`${server.origin}/${home}`, { waitUntil: 'networkidle' });
    const counted = loaded.filter((response) => !response.headers()['content-type'].startsWith('image/'));
    const sizes = await Promise.all(counted.map(async (response) => [response.url(), (await response.body()).length]));
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    assert.ok(total > 0 && total < MOST_BYTES, `${total} bytes: ${sizes.map((each) => each.join(' ')).join(', ')}`);
    await page.close();
  });
}
