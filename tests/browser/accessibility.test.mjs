// axe-core finds no fault on any page: on a light screen, on a dark one, in print.
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import { UNLIKE_PAGES, assertNone, launch, openDetails, serve } from './site.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const MEDIA = {
  light: { media: 'screen', colorScheme: 'light' },
  dark: { media: 'screen', colorScheme: 'dark' },
  print: { media: 'print', colorScheme: 'light' },
};

describe('accessibility', { concurrency: 2 }, () => {
  let server, browser, context;
  before(async () => {
    [server, browser] = await Promise.all([serve(), launch()]);
    // axe-core is injected, which the pages' own content security policy would refuse.
    context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' });
    await context.addInitScript(axe.source);
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  for (const file of UNLIKE_PAGES) {
    it(file, async () => {
      const page = await context.newPage();
      const faults = [];
      await page.goto(`${server.origin}/${file}`);
      await openDetails(page);
      for (const [medium, emulated] of Object.entries(MEDIA)) {
        await page.emulateMedia(emulated);
        const violations = await page.evaluate(violationsOf, TAGS);
        faults.push(...violations.map((violation) => `${file} (${medium}) ${violation}`));
      }
      await page.close();
      assertNone(faults);
    });
  }
});

/** Runs in the page. */
async function violationsOf(tags) {
  document.getAnimations().forEach((animation) => animation.finish());
  const { violations } = await window.axe.run({ runOnly: tags, resultTypes: ['violations'] });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${help}. ${node.any[0]?.message ?? ''}`.trim()),
  );
}
