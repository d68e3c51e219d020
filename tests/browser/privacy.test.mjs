// A page asks nobody else for anything, stores nothing and runs only its own scripts, online and from a folder.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { PAGES, SITE, assertNone, htmlFiles, launch, serve } from './site.mjs';

let server, browser, parser;
before(async () => {
  [server, browser] = await Promise.all([serve(), launch()]);
  parser = await browser.newPage();
});
after(async () => {
  await browser?.close();
  server?.close();
});

describe('opening a page', { concurrency: 4 }, () => {
  for (const file of PAGES) {
    it(`${file} over http`, async () => assertNone(await noise(`${server.origin}/`, file)));
    it(`${file} from a folder`, async () => assertNone(await noise(`${pathToFileURL(SITE)}/`, file)));
  }
});

describe('the source of', () => {
  for (const file of htmlFiles(SITE)) {
    it(file, async () => {
      const html = readFileSync(path.join(SITE, file), 'utf8');
      assertNone(await parser.evaluate(unsafeMarkup, html));
    });
  }
});

/** Everything that opening `file` in a fresh browser does beyond showing it. */
async function noise(root, file) {
  const context = await browser.newContext();
  const heard = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(root)) heard.push(`asks ${request.url()}`);
  });
  context.on('requestfailed', (request) => heard.push(`fails to load ${request.url()}`));
  context.on('response', (response) => {
    if (response.status() >= 400) heard.push(`${response.status()} for ${response.url()}`);
  });
  context.on('console', (message) => heard.push(`console: ${message.text()}`));
  context.on('weberror', (error) => heard.push(`error: ${error.error()}`));
  context.on('serviceworker', (worker) => heard.push(`service worker ${worker.url()}`));

  const page = await context.newPage();
  page.on('websocket', (socket) => heard.push(`opens ${socket.url()}`));
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      window.violations.push(`policy ${event.effectiveDirective} refuses ${event.blockedURI}`),
    );
  });
  await page.goto(root + file, { waitUntil: 'networkidle' });
  heard.push(...(await page.evaluate(leftBehind)));
  heard.push(...(await context.cookies()).map((cookie) => `cookie ${cookie.name}`));
  await context.close();
  return heard;
}

/** Runs in the page. */
async function leftBehind() {
  return [
    ...window.violations,
    ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
    ...(await indexedDB.databases()).map(({ name }) => `database ${name}`),
  ];
}

/** Runs in a blank page: reads `html` without running it. */
function unsafeMarkup(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const faults = [];
  const refuse = (selector, why, isBad = () => true) =>
    [...page.querySelectorAll(selector)].filter(isBad).forEach((element) => {
      faults.push(`${why}: ${element.outerHTML.slice(0, 120)}`);
    });
  const isElsewhere = (address) => /^\s*([a-z][a-z0-9+.-]*:)?\/\//i.test(address ?? '');

  refuse('script:not([src], [type="application/ld+json"])', 'inline script');
  refuse('style, [style]', 'inline style');
  refuse('*', 'event handler', (element) => element.getAttributeNames().some((name) => name.startsWith('on')));
  refuse('[href], [action], [formaction]', 'script address', (element) =>
    ['href', 'action', 'formaction'].some((name) => /^\s*javascript:/i.test(element.getAttribute(name) ?? '')),
  );
  refuse('[src], [srcset], [poster], object[data], form[action]', 'from elsewhere', (element) =>
    ['src', 'srcset', 'poster', 'data', 'action'].some((name) => isElsewhere(element.getAttribute(name))),
  );
  refuse('link:not([rel~=canonical], [rel~=alternate], [rel~=license])', 'from elsewhere', (link) =>
    isElsewhere(link.getAttribute('href')),
  );
  refuse('a[ping]', 'reports clicks');

  const policy = page.head.querySelector('meta[http-equiv="Content-Security-Policy" i]');
  const rules = policy?.content ?? '';
  if (!policy) faults.push('no content security policy');
  else {
    if (!rules.includes("default-src 'none'")) faults.push(`a policy that allows by default: ${rules}`);
    if (/unsafe-|\*|https?:/.test(rules)) faults.push(`a lax policy: ${rules}`);
    refuse('script[src], link[rel~=stylesheet]', 'before the policy', (element) =>
      Boolean(policy.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING),
    );
  }
  return faults;
}
