// What the tests share: the pages of the built site, a server for them, a browser.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';

/** The folder `psychoed build` wrote. */
export const SITE = path.resolve(process.env.SITE ?? '');
/** The same site built with `--base-url BASE_URL`, if there is one. */
export const SITE_AT_URL = process.env.SITE_AT_URL && path.resolve(process.env.SITE_AT_URL);
export const BASE_URL = process.env.BASE_URL ?? 'https://example.org/';

export const EDITIONS = ['patient', 'clinician'];
export const HOMES = ['index.html', ...EDITIONS.map((edition) => `${edition}/index.html`)];
for (const home of HOMES) {
  if (!existsSync(path.join(SITE, home))) throw new Error(`${SITE} has no ${home}: set SITE to a built site`);
}

/** Every file below `root`, as sorted paths with `/`. */
export function filesOf(root) {
  return readdirSync(root, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesOf(path.join(root, entry.name)).map((file) => `${entry.name}/${file}`)
        : [entry.name],
    )
    .sort();
}

/** Every HTML file below `root`: index.html, patient/index.html, … */
export const htmlFiles = (root) => filesOf(root).filter((file) => file.endsWith('.html'));

/** An alias: a stub that sends readers to the page's new address. */
export const isRedirect = (root, file) =>
  /<meta\s[^>]*http-equiv="?refresh/i.test(readFileSync(path.join(root, file), 'utf8'));

/** The pages people read. */
export const PAGES = htmlFiles(SITE).filter((file) => !isRedirect(SITE, file));

/** Those for holders of printed copies: one for each document of an edition, alike but for title and version. */
export const COPIES = PAGES.filter((file) => /^\w+\/c\//.test(file));

/** All pages, but of those for holders of copies only six for each edition. */
export const UNLIKE_PAGES = PAGES.filter((file) => {
  const alike = COPIES.filter((other) => path.posix.dirname(other) === path.posix.dirname(file));
  return alike.indexOf(file) < 6;
});

/** Home pages, and one page from each folder of each edition. */
export const SAMPLE = PAGES.filter((file, i) => {
  const folder = path.posix.dirname(file);
  return HOMES.includes(file) || i === PAGES.findIndex((other) => path.posix.dirname(other) === folder);
});

const CONTENT_TYPES = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff2: 'font/woff2',
  xml: 'application/xml',
};

/** Serves SITE on 127.0.0.1 as a plain host would, with the nearest 404.html for what is missing. */
export async function serve() {
  const files = new Map(filesOf(SITE).map((file) => [`/${file}`, path.join(SITE, file)]));
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
    const found = files.get(asked.endsWith('/') ? `${asked}index.html` : asked);
    const file = found ?? nearest404(files, asked);
    response.writeHead(found ? 200 : 404, {
      'content-type': CONTENT_TYPES[path.extname(file ?? '').slice(1)] ?? 'application/octet-stream',
    });
    response.end(file && readFileSync(file));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

function nearest404(files, asked) {
  for (let folder = path.posix.dirname(asked); ; folder = path.posix.dirname(folder)) {
    const file = files.get(path.posix.join(folder, '404.html'));
    if (file || folder === '/') return file;
  }
}

/** Debian's Chromium; no name but this machine's resolves, so that a test never depends on the network. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}: set CHROMIUM`);
  return chromium.launch({
    executablePath,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

/** Opens every <details>, since a closed one hides its content from the checks. */
export const openDetails = (page) =>
  page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));

/** Fails with every fault on its own line. */
export function assertNone(faults) {
  if (faults.length > 0) assert.fail(`\n${faults.join('\n')}`);
}
