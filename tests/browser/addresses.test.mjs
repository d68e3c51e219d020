// A site built for an address tells search engines only addresses that exist.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { BASE_URL, EDITIONS, SITE_AT_URL, assertNone, filesOf, htmlFiles, isRedirect, launch } from './site.mjs';

describe('built for an address', { skip: !SITE_AT_URL }, () => {
  if (!SITE_AT_URL) return;
  const files = filesOf(SITE_AT_URL);
  const pages = htmlFiles(SITE_AT_URL).filter((file) => !file.endsWith('404.html') && !isRedirect(SITE_AT_URL, file));
  const read = (file) => readFileSync(path.join(SITE_AT_URL, file), 'utf8');

  let browser, parser;
  before(async () => {
    browser = await launch();
    parser = await browser.newPage();
  });
  after(() => browser?.close());

  /** The file at an address of this site, or the fault. */
  function fileAt(address) {
    if (!address.startsWith(BASE_URL)) return `${address}, which is not below ${BASE_URL}`;
    const file = decodeURIComponent(address.slice(BASE_URL.length).split('#')[0]).replace(/(^|\/)$/, '$1index.html');
    return files.includes(file) ? file : `${address}, which does not exist`;
  }

  const withoutEdition = (file) => file.replace(new RegExp(`^(${EDITIONS.join('|')})/`), '');

  const own = []; // pages that are their own canonical page and ask to be found
  for (const file of pages) {
    it(`${file} has one canonical address, and sound structured data`, async () => {
      const { canonical, structured, noindex } = await parser.evaluate(addresses, read(file));
      const target = canonical.map(fileAt);
      if (!noindex) assert.deepEqual(target.map(withoutEdition), [withoutEdition(file)]);
      if (!noindex && target[0] === file) own.push(file);
      for (const address of structured.flatMap((json) => urls(JSON.parse(json))).filter((url) => url.startsWith(BASE_URL))) {
        assert.ok(files.includes(fileAt(address)), `structured data names ${fileAt(address)}`);
      }
    });
  }

  it('sitemaps list each of these pages, once', async () => {
    const maps = files.filter((file) => /sitemap[^/]*\.xml$/.test(file));
    const listed = [];
    for (const map of maps) listed.push(...(await parser.evaluate(locations, read(map))).map(fileAt));
    const wanted = own.filter((file) => file !== 'index.html'); // the choice of editions belongs to neither
    const found = listed.filter((file) => file !== 'index.html' && !/\.xml$/.test(file));
    assertNone([
      ...wanted.filter((file) => !found.includes(file)).map((file) => `no sitemap lists ${file}`),
      ...found.filter((file) => !wanted.includes(file)).map((file) => `a sitemap lists ${file}`),
      ...found.filter((file, i) => found.indexOf(file) !== i).map((file) => `${file} is listed twice`),
    ]);
  });

  it('XML files are well-formed', async () => {
    for (const file of files.filter((file) => /\.(xml|atom|rss)$/.test(file))) {
      const fault = await parser.evaluate(
        (xml) => new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')?.textContent,
        read(file),
      );
      assert.equal(fault, undefined, file);
    }
  });
});

/** Runs in a blank page. */
function addresses(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const all = (selector, value) => [...page.querySelectorAll(selector)].map(value);
  return {
    canonical: all('link[rel=canonical]', (link) => link.getAttribute('href')),
    structured: all('script[type="application/ld+json"]', (script) => script.textContent),
    noindex: page.querySelector('meta[name=robots][content*=noindex]') !== null,
  };
}

/** Runs in a blank page. */
function locations(xml) {
  const map = new DOMParser().parseFromString(xml, 'application/xml');
  return [...map.getElementsByTagName('loc')].map((loc) => loc.textContent.trim());
}

/** Every string in a JSON value. */
function urls(value) {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(urls) : [];
}
