// Prints web pages as tagged PDFs with a Chromium kept open: print.mjs FOLDER PAGES-AT-A-TIME PAGE.html …; says how many seconds it
// took, once all were warm.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { chromium } = createRequire(new URL('../tests/browser/', import.meta.url))('playwright-core');
const [folder, tabs, ...files] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });

async function print(page, file) {
  await page.goto(pathToFileURL(file).href);
  await page.pdf({ path: path.join(folder, `${path.parse(file).name}.pdf`), format: 'A4', tagged: true });
}

const pages = await Promise.all(Array.from({ length: Number(tabs) }, () => browser.newPage()));
await Promise.all(pages.map((page) => print(page, files[0])));
const started = performance.now();
let next = 0;
await Promise.all(
  pages.map(async (page) => {
    while (next < files.length) await print(page, files[next++]);
  }),
);
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));
await browser.close();
