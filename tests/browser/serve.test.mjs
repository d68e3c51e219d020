// Somebody writes with `psychoed serve` and a browser open: what they see, and what other sites' pages do not.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import axe from 'axe-core';
import { ANGER, GRIEF, Preview, Project, SLEEP, STYLE, handout, until } from './preview.mjs';
import { assertNone, launch } from './site.mjs';

const PAGE = '/patient/handouts/sleep.html';
const SOURCE = 'content/handouts/sleep.md';
const ANGER_SOURCE = 'content/handouts/anger.md';
const INDEX = '/_psychoed/';
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [360, 1280];
const MEDIA = ['light', 'dark'];

let browser, project, preview;
before(async () => {
  project = new Project();
  project.write('open-source.sh', '#!/bin/sh\nprintf "%s\\n" "$@" > "$(dirname "$0")/opened.new"\nmv "$(dirname "$0")/opened.new" "$(dirname "$0")/opened"\n');
  const env = { PSYCHOED_EDITOR: `sh "${project.path('open-source.sh')}" {line} "{file}"` };
  [browser, preview] = await Promise.all([launch(), Preview.start(project, { env })]);
});
after(async () => {
  await browser?.close();
  await preview?.stop();
  project?.remove();
});

/** What went wrong in the pages of the test that runs. */
let heard;
beforeEach(() => (heard = []));

async function open(address, options = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 700 }, ...options });
  context.on('console', (message) => heard.push(`console: ${message.text()}`));
  context.on('weberror', (error) => heard.push(`error: ${error.error()}`));
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy ${event.effectiveDirective} refuses ${event.blockedURI}`),
    ),
  );
  const page = await context.newPage();
  await page.goto(preview.origin + address);
  return page;
}

/** Puts a file back as it was, and waits until pages show it. */
async function restore(page, file, text, words) {
  project.write(file, text);
  await page.getByText(words).first().waitFor();
  await page.context().close();
  assertNone(heard);
}

/** Waits until the index shows what `isSo` of its text, so that no page is loaded anew under the next test. */
const settled = (isSo) => until(async () => isSo(await text(INDEX)), () => 'the index does not change');

const text = async (address) => (await fetch(preview.origin + address)).text();

describe('an edited body', () => {
  it('shows by itself within two seconds, at the same place of the page', async () => {
    const page = await open(PAGE, { viewport: { width: 600, height: 700 } });
    await page.locator('details.menu > summary').click();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
    const before = await page.evaluate(placeOf, '#part-6');
    assert.ok(before.scrollY > 1000);

    const took = [];
    for (const words of ['Quiet nights', 'Calm nights', 'Long nights']) {
      const start = performance.now();
      project.write(SOURCE, SLEEP.replace('Rest is', `${words} are`));
      await page.getByText(`${words} are enough for now.`).waitFor();
      took.push(performance.now() - start);
    }
    assert.ok(Math.min(...took) < 2000, `it took ${took} ms`);

    const place = await page.evaluate(placeOf, '#part-6');
    assert.ok(Math.abs(place.top - before.top) < 2, `“Part 6” went from ${before.top} to ${place.top}`);
    assert.equal(await page.locator('details.menu').evaluate((menu) => menu.open), true);
    await restore(page, SOURCE, SLEEP, 'Rest is enough for now.');
  });

  it('keeps what is read in its place when something above it grows', async () => {
    const page = await open(PAGE);
    await page.locator('#part-9').evaluate((heading) => scrollTo(0, heading.getBoundingClientRect().top + scrollY + 20));
    const before = await page.evaluate(placeOf, '#part-9');
    project.write(SOURCE, SLEEP.replace('## Part 2', `${'A longer start. '.repeat(200)}\n\n## Part 2`));
    await page.getByText('A longer start.').waitFor();
    const place = await page.evaluate(placeOf, '#part-9');
    assert.ok(place.scrollY > before.scrollY + 200, 'the page has grown');
    assert.ok(Math.abs(place.top - before.top) < 2, `“Part 9” went from ${before.top} to ${place.top}`);
    await restore(page, SOURCE, SLEEP, 'Rest is enough for now.');
  });

  it('comes with the policy that is published, and no other', async () => {
    const response = await fetch(preview.origin + PAGE);
    assert.equal(response.headers.get('content-security-policy'), null);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const metas = (await response.text()).match(/<meta http-equiv="Content-Security-Policy"[^>]*>/g);
    assert.deepEqual(metas, [`<meta http-equiv="Content-Security-Policy" content="${POLICY}">`]);
  });

  it('leaves the link that skips to the content the first stop of the keyboard', async () => {
    const page = await open(PAGE);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.context().close();
  });
});

/** Runs in the page. */
function placeOf(selector) {
  return { scrollY, top: document.querySelector(selector).getBoundingClientRect().top };
}

describe('an edited style sheet', () => {
  for (const view of ['', '?view=paper', '?view=large']) {
    it(`is swapped without a reload of the page${view}`, async () => {
      const css = readFileSync(project.path(STYLE), 'utf8');
      const page = await open(PAGE + view);
      await page.evaluate(() => (window.isTheSame = true));
      project.write(STYLE, `${css}\nh1{letter-spacing:7px}\n`);
      const spacing = () => page.locator('h1').evaluate((heading) => getComputedStyle(heading).letterSpacing);
      await until(async () => (await spacing()) === '7px', () => 'the style does not change');
      project.write(STYLE, css);
      await until(async () => (await spacing()) !== '7px', () => 'the style does not change back');
      assert.equal(await page.evaluate(() => window.isTheSame), true);
      const old = page.locator('link[rel=stylesheet]:not([data-psychoed])').nth(1);
      await old.waitFor({ state: 'detached' });
      await page.context().close();
      assertNone(heard);
    });
  }
});

describe('a page with an error', () => {
  const BROKEN = SLEEP.replace('Rest is', 'Worse [is](greif.md) <script>document.title = "ran"</script>');
  const PLACE = `${SOURCE}:14:12`;

  it('stays as it was, below what is to be mended, until it is mended', async () => {
    const page = await open(PAGE);
    const from = preview.said.length;
    project.write(SOURCE, BROKEN);
    const panel = page.getByRole('region', { name: '2 things to mend before this can be published' });
    await panel.waitFor();
    assert.ok(await page.getByText('Rest is enough for now.').isVisible(), 'the last good page stays');

    const finding = panel.getByRole('listitem').first();
    const shown = await finding.innerText();
    for (const words of ['the page “greif.md” does not exist', PLACE, 'link-target-missing', 'Did you mean grief.md?']) {
      assert.ok(shown.includes(words), `no “${words}” in:\n${shown}`);
    }
    assert.equal(await finding.locator('.psychoed-number').innerText(), '14');
    assert.equal(
      await finding.locator('.psychoed-excerpt code').innerText(),
      'Worse [is](greif.md) <script>document.title = "ran"</script> enough for now.',
    );
    assert.equal(await finding.locator('mark').innerText(), 'greif.md');
    assert.equal(await page.title(), 'Sleeping well – Riverside Clinic', 'a script in the source does not run');
    await says(page, 'alert', '2 things to mend before this can be published');

    await preview.says('Up to date', from);
    const said = preview.said.slice(from);
    for (const words of ['error[link-target-missing]: the page “greif.md” does not exist', PLACE, 'Did you mean `grief.md`?']) {
      assert.ok(said.includes(words), `no “${words}” in the terminal:\n${said}`);
    }

    project.write(SOURCE, SLEEP.replace('Rest is', 'Better is'));
    await page.getByText('Better is enough for now.').waitFor();
    assert.equal(await panel.count(), 0);
    await restore(page, SOURCE, SLEEP, 'Rest is enough for now.');
  });

  it('is accessible', async () => {
    project.write(SOURCE, BROKEN);
    await until(async () => (await text(PAGE)).includes('greif.md'), () => 'the error never shows');
    assertNone(await violations(PAGE));
    const page = await open(PAGE);
    await restore(page, SOURCE, SLEEP, 'Rest is enough for now.');
  });

  it('that never was right is told alone', async () => {
    project.write('content/handouts/never.md', '+++\nkind = "handout\ntitle = "Never"\n+++\n\nWords.\n');
    const address = '/patient/handouts/never.html';
    await until(async () => (await text(address)).includes('cannot be shown yet'), () => 'the error never shows');
    assertNone(await violations(address));
    const page = await open(address);
    project.write('content/handouts/never.md', handout('HO-9', 'Never', 'Words at last.'));
    await page.getByText('Words at last.').waitFor();
    await page.context().close();
    project.delete('content/handouts/never.md');
    await settled((index) => !index.includes('never.md'));
    assertNone(heard.filter((words) => !words.includes('500 (Internal Server Error)')));
  });
});

describe('what lies over a page', () => {
  const BROKEN = SLEEP.replace('Rest is', 'Worse [is](greif.md) and [was](graif.md)');
  const NOTES = '/clinician/guides/notes.html';
  const NOTES_SOURCE = 'content/guides/notes.md';
  let notes;
  before(() => (notes = readFileSync(project.path(NOTES_SOURCE), 'utf8')));

  /** Saves a file and waits until the page was loaded anew and shows `words`. */
  async function save(page, file, text, words) {
    await page.evaluate(() => (window.isOld = true));
    project.write(file, text);
    await until(() => page.evaluate(() => !window.isOld).catch(() => false), () => 'the page is not loaded anew');
    await page.getByText(words).first().waitFor();
  }

  const panel = (page) => page.locator('#psychoed-findings');
  const isOpen = (page) => panel(page).evaluate((details) => details.open);
  const said = (page) => page.locator('.psychoed-said').allInnerTexts();

  for (const [name, viewport, enlarged] of [
    ['at 200 %', { width: 640, height: 360 }],
    ['at 400 %', { width: 320, height: 256 }],
    ['on a wide screen', { width: 1280, height: 700 }],
    ['on a small screen', { width: 360, height: 640 }],
    ['with letters of twice the size', { width: 360, height: 640 }, true],
  ]) {
    it(`never hides what has focus ${name}`, async () => {
      project.write(SOURCE, BROKEN);
      await until(async () => (await text(PAGE)).includes('graif.md'), () => 'the error never shows');
      const page = await open('/', { viewport });
      if (enlarged) {
        const session = await page.context().newCDPSession(page);
        await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
      }
      for (const isBarOpen of [false, true]) {
        await page.goto(preview.origin + PAGE);
        if (isBarOpen) await page.locator('#psychoed-bar > summary').click();
        const hidden = [];
        for (let stops = 0; stops < 60; stops += 1) {
          await page.keyboard.press('Tab');
          const words = await page.evaluate(hiddenFocus);
          if (words) hidden.push(words);
        }
        assertNone(hidden);
        await page.locator('#psychoed-heading').click();
        assert.equal(await isOpen(page), false, 'the panel can be closed');
        await page.evaluate(() => sessionStorage.clear());
      }
      await restore(page, SOURCE, SLEEP, 'Rest is enough for now.');
    });
  }

  it('leaves the end of the page in reach without scripts', async () => {
    project.write(SOURCE, BROKEN);
    await until(async () => (await text(PAGE)).includes('graif.md'), () => 'the error never shows');
    for (const viewport of [{ width: 1280, height: 700 }, { width: 320, height: 256 }]) {
      const page = await open(PAGE, { viewport, javaScriptEnabled: false });
      const words = page.getByText('Made with psychoed');
      await words.scrollIntoViewIfNeeded();
      await page.mouse.move(10, 10);
      await page.mouse.wheel(0, 1e6);
      await page.waitForTimeout(300);
      const over = (await words.boundingBox()).y + 20;
      const [top] = await page.locator('#psychoed-bar, .psychoed-panel').evaluateAll((parts) =>
        parts.map((part) => part.getBoundingClientRect().top).filter((top) => top > 0).sort((a, b) => a - b),
      );
      assert.ok(over <= top, `the end of the page is at ${over}, below ${top}`);
      await page.context().close();
    }
    project.write(SOURCE, SLEEP);
    await until(async () => !(await text(PAGE)).includes('graif.md'), () => 'the error stays');
  });

  it('stays open over warnings, and opens from the bar however often', async () => {
    const page = await open(NOTES);
    const link = page.locator('#psychoed-bar').getByRole('link', { name: '1 warning' });
    assert.equal(await isOpen(page), false);
    await link.click();
    assert.equal(await isOpen(page), true);
    await save(page, NOTES_SOURCE, notes.replace('Ask first.', 'Ask second.'), 'Ask second.');
    assert.equal(await isOpen(page), true, 'it closes at a save');
    await page.locator('#psychoed-heading').click();
    await save(page, NOTES_SOURCE, notes.replace('Ask first.', 'Ask third.'), 'Ask third.');
    assert.equal(await isOpen(page), false, 'it opens at a save');
    await link.click();
    assert.equal(await isOpen(page), true, 'the link does nothing');
    await restore(page, NOTES_SOURCE, notes, 'Ask first.');
  });

  it('keeps its place when the page is edited', async () => {
    const links = (count) => Array.from({ length: count }, (_, at) => `[is](missing-${at}.md)`).join(' ');
    const broken = SLEEP.replace('Rest is', `Rest ${links(12)}`);
    project.write(SOURCE, broken);
    await until(async () => (await text(PAGE)).includes('missing-11.md'), () => 'the errors never show');
    const page = await open(PAGE);
    // Whichever part of it is scrolled.
    const scrolled = () =>
      page.locator('.psychoed-panel, .psychoed-scroll').evaluateAll((parts) => Math.max(...parts.map((part) => part.scrollTop)));
    await page.locator('.psychoed-finding').nth(8).hover();
    await page.mouse.wheel(0, 30);
    await until(async () => (await scrolled()) > 400, () => 'the panel is not scrolled');
    const before = await scrolled();
    await save(page, SOURCE, broken.replace('## Part 12', '## Part twelve'), 'missing-11.md');
    assert.ok(Math.abs((await scrolled()) - before) < 2, `from ${before} to ${await scrolled()}`);
    await restore(page, SOURCE, SLEEP, 'Rest is enough for now.');
  });

  it('does not take the focus away when something is written before what has it', async () => {
    const address = '/patient/handouts/grief.html';
    const page = await open(address);
    await page.getByRole('main').getByRole('link', { name: 'sleep', exact: true }).focus();
    const more = GRIEF.replace('Read about', '[Here](sleep.md#part-2), [there](sleep.md#part-3): read about');
    await save(page, 'content/handouts/grief.md', more, 'read about');
    assert.equal(await page.evaluate(() => document.activeElement.innerText), 'sleep');
    await restore(page, 'content/handouts/grief.md', GRIEF, 'Read about');
  });

  it('says aloud what has changed, and nothing else', async () => {
    const page = await open(PAGE);
    await save(page, SOURCE, BROKEN, 'graif.md');
    await says(page, 'alert', '2 things to mend before this can be published');
    await save(page, SOURCE, BROKEN.replace('## Part 12', '## Part twelve'), 'graif.md');
    await page.waitForTimeout(600);
    assert.deepEqual(await said(page), ['', ''], 'nothing has changed');
    await page.locator('#psychoed-heading').click();
    await save(page, SOURCE, SLEEP, 'Rest is enough for now.');
    await says(page, 'status', 'No errors any more.');
    assert.equal((await said(page))[0], '');

    await save(page, SOURCE, SLEEP.replace(/^reviewers.*\n/m, ''), 'to look at');
    await says(page, 'status', '1 thing to look at');
    project.delete(SOURCE);
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    await says(page, 'status', 'Nothing here');
    heard = heard.filter((words) => !words.includes('404 (Not Found)'));
    await restore(page, SOURCE, SLEEP, 'Rest is enough for now.');
  });

  it('has a ring around what has focus that stands out', async () => {
    project.write(SOURCE, BROKEN);
    await until(async () => (await text(PAGE)).includes('graif.md'), () => 'the error never shows');
    const faint = [];
    for (const colorScheme of MEDIA) {
      for (const address of [PAGE, INDEX, '/_psychoed/findings?file=' + SOURCE]) {
        const page = await open(address, { colorScheme });
        const rings = await page.locator('#psychoed :is(a, summary), .own-wrap :is(a, summary, input, button)').evaluateAll(ringContrasts);
        assert.ok(rings.length > 3);
        faint.push(...rings.filter(([, contrast]) => contrast < 3).map((ring) => `${colorScheme} ${address} ${ring}`));
        await page.context().close();
      }
    }
    assertNone(faint);
    project.write(SOURCE, SLEEP);
    await until(async () => !(await text(PAGE)).includes('graif.md'), () => 'the error stays');
  });
});

/** Waits until a page says something aloud. */
const says = (page, role, words) =>
  until(async () => (await page.locator(`.psychoed-said[role=${role}]`).innerText()) === words, () => `“${words}” is not said`);

/** Runs in the page: what has focus and cannot be seen at all. */
function hiddenFocus() {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  const parts = Array.from({ length: 9 }, (_, at) => (at + 0.5) / 9);
  const isSeen = [...focused.getClientRects()].some((box) =>
    parts.some((down) =>
      parts.some((along) => {
        const top = document.elementFromPoint(box.left + box.width * along, box.top + box.height * down);
        return top && (focused.contains(top) || top.contains(focused));
      }),
    ),
  );
  return isSeen ? null : `${focused.localName} “${focused.innerText}” at ${focused.getBoundingClientRect().top}`;
}

/** Runs in the page: how much the ring around each element stands out from what is behind it. */
function ringContrasts(elements) {
  const shine = (color) => {
    const [red, green, blue] = color.match(/[\d.]+/g).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return color !== 'rgba(0, 0, 0, 0)' || !element.parentElement ? color : behind(element.parentElement);
  };
  return elements.filter((element) => element.checkVisibility()).map((element) => {
    element.focus({ focusVisible: true });
    const style = getComputedStyle(element);
    const inside = parseFloat(style.outlineOffset) < 0;
    const [dark, light] = [style.outlineColor, behind(inside ? element : element.parentElement)].map(shine).sort((a, b) => a - b);
    return [element.innerText, (light + 0.05) / (dark + 0.05)];
  });
}

/** What axe finds on a page, narrow and wide, light and dark. */
async function violations(address) {
  const faults = [];
  const page = await open(address, { bypassCSP: true });
  await page.evaluate(axe.source);
  for (const width of WIDTHS) {
    for (const colorScheme of MEDIA) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(axeViolations, TAGS);
      faults.push(...found.map((fault) => `${address} (${width}, ${colorScheme}) ${fault}`));
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
      if (wide > width) faults.push(`${address} is ${wide} wide at ${width}`);
    }
  }
  await page.context().close();
  return faults;
}

/** Runs in the page. */
async function axeViolations(tags) {
  document.getAnimations().forEach((animation) => animation.finish());
  const { violations } = await window.axe.run({ runOnly: tags, resultTypes: ['violations'] });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${help}. ${node.any[0]?.message ?? ''}`),
  );
}

describe('the pages are those of a build after', () => {
  /** Waits until the preview's pages are those that a build writes, but for what is laid over them. */
  async function same(...addresses) {
    await project.run('build', '--output', project.path('public'), '--anew');
    for (const address of addresses) {
      const built = readFileSync(project.path(`public${address}`), 'utf8');
      let shown;
      const isSame = async () => (shown = bare(await text(address))) === built;
      await until(isSame, () => `${address} differs:\n${difference(shown, built)}`);
    }
  }

  const HOME = '/patient/index.html';
  const LIST = '/clinician/kinds/handout.html';
  const bare = (html) =>
    html.replace(/<link rel="stylesheet" href="\/_psychoed\/[^]*?<\/script>\n/, '').replace(/<div id="psychoed"[^]*?\n<\/details>\n<\/div>\n/, '');
  const difference = (shown, built) => {
    const [lines, others] = [shown.split('\n'), built.split('\n')];
    const at = lines.findIndex((line, at) => line !== others[at]);
    return `preview: ${lines[at]}\nbuild:   ${others[at]}`;
  };

  // A build leaves drafts out, so there are none while the two are compared.
  before(() => project.write(ANGER_SOURCE, ANGER.replace('draft = true', '')));
  after(async () => {
    project.write(ANGER_SOURCE, ANGER);
    await settled((index) => index.includes('own-badge'));
  });

  it('a save by renaming', async () => {
    project.writeByRename('content/handouts/grief.md', GRIEF.replace('title = "Grief"', 'title = "Loss"'));
    await same(PAGE, LIST, HOME, '/patient/handouts/grief.html');
    project.writeByRename('content/handouts/grief.md', GRIEF);
    await same(LIST, '/patient/handouts/grief.html');
  });

  it('a change of 300 files at once', async () => {
    const numbers = Array.from({ length: 300 }, (_, at) => at);
    const write = (version) =>
      numbers.forEach((at) =>
        project.write(`content/handouts/many/${at}.md`, handout(`M-${at}`, `Page ${at}, ${version}`, `Version ${version}.`)),
      );
    write('first');
    await same(LIST, '/patient/handouts/many/0.html');
    write('second');
    await same(LIST, HOME, '/patient/handouts/many/0.html', '/patient/handouts/many/150.html', '/clinician/handouts/many/299.html');
    project.delete('content/handouts/many');
    await same(LIST, HOME);
    assert.equal((await fetch(`${preview.origin}/patient/handouts/many/0.html`)).status, 404);
  });

  it('a folder that goes and comes back', async () => {
    const names = ['sleep', 'grief', 'anger'];
    const files = names.map((name) => [`content/handouts/${name}.md`, readFileSync(project.path(`content/handouts/${name}.md`))]);
    const page = await open(PAGE);
    project.delete('content/handouts');
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    await same('/clinician/index.html');
    files.forEach(([file, bytes]) => project.write(file, bytes));
    await page.getByRole('heading', { name: 'Sleeping well' }).waitFor();
    await same(PAGE, LIST, HOME);
    await page.context().close();
  });
});

describe('a project that cannot be read for a while', () => {
  it('loses nothing that was written meanwhile', { skip: process.platform === 'win32' }, async () => {
    const from = preview.said.length;
    execFileSync('mkfifo', [project.path('content/pipe')]);
    await preview.says(`pipe is neither a file nor a folder; take it out of the project`, from);
    project.write('content/handouts/grief.md', GRIEF.replace('This takes time.', 'Meanwhile.'));
    rmSync(project.path('content/pipe'));
    await preview.says('Everything can be read again', from);
    await until(async () => (await text('/patient/handouts/grief.html')).includes('Meanwhile.'), () => 'The change was lost');
    project.write('content/handouts/grief.md', GRIEF);
    await until(async () => (await text('/patient/handouts/grief.html')).includes('This takes time.'), () => 'It stays changed');
  });
});

describe('a file that somebody else made', () => {
  it('runs nothing in the preview', async () => {
    const script = "<script>document.documentElement.setAttribute('data-ran', 'yes')</script>";
    const files = {
      'content/handouts/form.html': `<!doctype html><title>Form</title>${script}`,
      'content/handouts/drawing.svg': `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`,
    };
    for (const [file, bytes] of Object.entries(files)) project.write(file, bytes);
    const waiver = 'waivers = [{ rule = "raw-html", reason = "It is tried here", until = 2026-12-31 }]';
    const linking = GRIEF.replace('This takes time.', 'Fill in the [form](form.html) for the [drawing](drawing.svg).');
    project.write('content/handouts/grief.md', linking.replace('version =', `${waiver}\nversion =`));
    for (const file of Object.keys(files)) {
      const address = file.replace('content', '/patient');
      await until(async () => (await ask(address)).status === 200, () => `${address} is not there`);
      assert.equal((await ask(address)).headers['content-security-policy'], "default-src 'none'; style-src 'unsafe-inline'; sandbox");
      const page = await open(address);
      assert.equal(await page.evaluate(() => document.documentElement.getAttribute('data-ran')), null);
      await page.context().close();
    }
    project.write('content/handouts/grief.md', GRIEF);
    for (const file of Object.keys(files)) project.delete(file);
    await until(async () => (await ask('/patient/handouts/drawing.svg')).status === 404, () => 'The drawing stays');
  });
});

describe('the index', () => {
  it('shows editions, pages, drafts, grades and reviews, without scripts too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await open(INDEX, { javaScriptEnabled });
      const links = await page.getByRole('list').filter({ hasText: '3 pages' }).getByRole('link').allInnerTexts();
      assert.deepEqual(links, ['For patients', 'For clinicians']);
      const row = (title) => page.getByRole('row').filter({ has: page.getByRole('link', { name: title, exact: true }) });
      const cells = async (title) => (await row(title).getByRole('cell').allInnerTexts()).slice(0, 4);
      assert.equal(await page.locator('.own-pages tbody tr').count(), 4);
      assert.match((await cells('Sleeping well')).join('|'), /^Handout\|None\|Due 2028-05-01\|\d+\.\d$/);
      assert.match((await cells('Notes for colleagues')).join('|'), /^Quick reference\|1 warning\|Not yet reviewed\|/);
      assert.match(await row('Anger').getByRole('rowheader').innerText(), /Draft/);
      await page.context().close();
    }
    assertNone(heard);
  });

  it('finds pages while somebody types, or with its button', async () => {
    const titles = (page) => page.locator('.own-pages tbody tr:visible th > a').allInnerTexts();
    const page = await open(INDEX);
    await page.getByLabel('Title, id or file').pressSequentially('sleep');
    assert.deepEqual(await titles(page), ['Sleeping well']);
    assert.equal(await page.locator('.own-caption').innerText(), '1 page');
    // What was typed stays when something is saved meanwhile.
    const words = page.getByLabel('Title, id or file');
    await words.press('ArrowLeft');
    const loaded = page.waitForEvent('load');
    project.write(SOURCE, SLEEP.replace('Rest is', 'Much rest is'));
    await loaded;
    assert.deepEqual(await titles(page), ['Sleeping well']);
    assert.equal(await words.inputValue(), 'sleep');
    await page.keyboard.type('x');
    assert.equal(await words.inputValue(), 'sleexp');
    assert.deepEqual(await titles(page), []);
    assert.equal(page.url(), preview.origin + INDEX);
    await words.fill('');
    await page.getByLabel('Show').selectOption('Drafts');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.waitForURL(/show=drafts/);
    assert.deepEqual(await titles(page), ['Anger']);
    await page.context().close();
    project.write(SOURCE, SLEEP);
    await until(async () => !(await text(PAGE)).includes('Much rest'), () => 'the page does not change back');

    const scriptless = await open(INDEX, { javaScriptEnabled: false });
    await scriptless.getByLabel('Title, id or file').fill('HO-2');
    await scriptless.getByRole('button', { name: 'Find' }).click();
    await scriptless.waitForURL(/q=HO-2/);
    assert.deepEqual(await titles(scriptless), ['Grief']);
    await scriptless.context().close();
    assertNone(heard);
  });

  it('loads nothing while somebody types or chooses with the keyboard', async () => {
    const page = await open(`${INDEX}?q=sleep`);
    await page.evaluate(() => (window.isTheSame = true));
    const words = page.getByLabel('Title, id or file');
    await words.press('End');
    for (let keys = 0; keys < 3; keys += 1) await page.keyboard.press('Backspace');
    await page.keyboard.type('ow');
    assert.equal(await words.inputValue(), 'slow');
    assert.match(await page.locator('.own-caption').innerText(), /“Find” looks through all pages/);
    await page.getByLabel('Show').focus();
    for (let keys = 0; keys < 3; keys += 1) await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'show');
    assert.equal(await page.evaluate(() => window.isTheSame), true);
    assert.equal(page.url(), `${preview.origin}${INDEX}?q=sleep`);
    await page.context().close();
    assertNone(heard);
  });

  it('is accessible and fits narrow screens', async () => assertNone(await violations(INDEX)));

  it('shows every link on narrow screens, long words too', async () => {
    const long = 'Behavioural'.repeat(12);
    const file = `content/handouts/${long.toLowerCase()}.md`;
    project.write(file, handout('HO-8', long, 'Words.'));
    await settled((index) => index.includes(long));
    const page = await open(INDEX, { viewport: { width: 320, height: 640 } });
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth), 320);
    const clipped = await page.locator('main a').evaluateAll((links) =>
      links.filter((link) => link.checkVisibility()).map((link) => [link.innerText, link.getBoundingClientRect(), link.closest('thead')]).filter(
        ([, box, head]) => box.width < 24 || box.left < 0 || box.right > 320 || (head && getComputedStyle(head).clipPath !== 'none'),
      ),
    );
    assert.deepEqual(clipped, []);
    await page.getByRole('link', { name: 'Review', exact: true }).click();
    await page.waitForURL(/sort=review/);
    await page.context().close();
    project.delete(file);
    await settled((index) => !index.includes(long));
    assertNone(heard);
  });

  it('leads to drafts, which are marked', async () => {
    const page = await open(INDEX);
    await page.getByRole('link', { name: 'Anger', exact: true }).click();
    await page.getByText('Not yet ready.').waitFor();
    assert.equal(await page.locator('#psychoed-bar .psychoed-badge').innerText(), 'Draft');
    await page.context().close();
  });

  it('lists a page that was just begun', async () => {
    const page = await open(INDEX);
    await project.run('new', 'handout', 'Eating better');
    const link = page.getByRole('link', { name: 'Eating better', exact: true });
    await link.waitFor();
    await link.click();
    await page.getByRole('heading', { name: 'Eating better' }).waitFor();
    await page.context().close();
    project.delete('content/handouts/eating-better.md');
    await settled((index) => !index.includes('eating-better.md'));
  });
});

describe('the bar', () => {
  const link = (page, name) => page.getByRole('navigation', { name: 'Preview' }).getByRole('link', { name, exact: true });

  it('switches edition and view', async () => {
    const page = await open(PAGE);
    await link(page, 'For clinicians').click();
    await page.waitForURL('**/clinician/handouts/sleep.html');
    assert.equal(await link(page, 'For clinicians').getAttribute('aria-current'), 'true');

    const screen = await page.evaluate(look);
    assert.equal(screen.hasNavigation, true);
    await link(page, 'Paper').click();
    await page.waitForURL('**/clinician/handouts/sleep.html?view=paper');
    const paper = await page.evaluate(look);
    assert.equal(paper.hasNavigation, false, 'print styles apply');
    await link(page, 'Large print').click();
    await page.waitForURL('**/clinician/handouts/sleep.html?view=large');
    const large = await page.evaluate(look);
    assert.equal(large.hasNavigation, false);
    assert.equal(large.size, 24, '18 point');
    assert.ok(large.size > paper.size);
    await link(page, 'For patients').click();
    await page.waitForURL('**/patient/handouts/sleep.html?view=large');
    await link(page, 'Screen').click();
    await page.waitForURL(`**${PAGE}`);
    assert.deepEqual(await page.evaluate(look), screen);
    await page.context().close();
    assertNone(heard);
  });

  it('keeps the view when the page is edited', async () => {
    const page = await open(`${PAGE}?view=large`);
    project.write(SOURCE, SLEEP.replace('Rest is', 'Large rest is'));
    await page.getByText('Large rest is enough for now.').waitFor();
    assert.equal((await page.evaluate(look)).size, 24);
    await restore(page, SOURCE, SLEEP, 'Rest is enough for now.');
  });

  it('opens the source in the editor', async () => {
    const page = await open(PAGE);
    await link(page, 'Open source').click();
    await until(() => existsSync(project.path('opened')), () => 'no editor was opened');
    assert.equal(readFileSync(project.path('opened'), 'utf8'), `1\n${project.path(SOURCE)}\n`);
    assert.equal(page.url(), preview.origin + PAGE, 'the page stays');
    await page.context().close();

    // The link is of no use to whoever does not come from here, or does not know the token.
    const address = (await text(PAGE)).match(/\/_psychoed\/open\?[^"]*/)[0].replaceAll('&amp;', '&');
    assert.equal((await fetch(preview.origin + address)).status, 403);
    const headers = { 'sec-fetch-site': 'same-origin' };
    assert.equal((await ask(address.replace(/token=.*/, 'token=0'), headers)).status, 403);
    assert.equal((await ask(address.replace(/file=[^&]*/, 'file=open-source.sh'), headers)).status, 404);
    assertNone(heard);
  });

  it('is not printed', async () => {
    for (const view of ['', '?view=paper', '?view=large']) {
      const page = await open(PAGE + view);
      assert.equal(await page.locator('#psychoed-bar').isVisible(), true);
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('#psychoed-bar').isVisible(), false);
      await page.context().close();
    }
  });

  it('is accessible and fits narrow screens', async () => assertNone(await violations(PAGE)));
});

/** Runs in the page. */
function look() {
  const navigation = document.querySelector('.site-header nav.bar');
  return {
    hasNavigation: navigation.checkVisibility(),
    size: parseFloat(getComputedStyle(document.querySelector('#part-1 + p')).fontSize),
  };
}

/** Asks as a program does that can send any header. */
function ask(address, headers = {}) {
  return new Promise((answered, failed) => {
    get(preview.origin + address, { headers }, (response) => {
      response.resume();
      answered({ status: response.statusCode, headers: response.headers });
    }).on('error', failed);
  });
}

describe('a page of another site', () => {
  /** A server that lets everybody do everything, as previews must not: what is tried here works there. */
  const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
  let other;
  before(async () => {
    other = createServer(({ url }, response) => {
      const [, ending] = url.match(/\.(\w+)$/) ?? [];
      response.setHeader('content-type', TYPES[ending] ?? 'text/event-stream').setHeader('access-control-allow-origin', '*');
      // A page of no origin, as those in sandboxes and data: addresses are; those Chromium keeps from this machine by itself.
      if (url === '/sandbox.html') response.setHeader('content-security-policy', 'sandbox allow-scripts');
      if (ending) response.end(ending === 'svg' ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : '');
      else response.write(': here\n\n');
    });
    await new Promise((listening) => other.listen(0, '127.0.0.1', listening));
    other.origin = `http://127.0.0.1:${other.address().port}`;
  });
  after(() => {
    other.closeAllConnections();
    other.close();
  });

  it('can neither read, embed nor run anything of the preview', async () => {
    const [stream] = (await text(PAGE)).match(/\/_psychoed\/reload\.js\?[^"]*/);
    const addresses = {
      page: PAGE,
      script: '/_psychoed/bar.js',
      image: '/_psychoed/icon.svg',
      style: '/_psychoed/bar.css',
      stream: stream.replaceAll('&amp;', '&').replace('reload.js', 'reload'),
    };
    for (const site of ['/other.html', '/sandbox.html']) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(other.origin + site);
      const won = await page.evaluate(attack, { origin: other.origin, addresses });
      assert.deepEqual(new Set(Object.values(won)), new Set(['loaded']), JSON.stringify(won));
      const lost = await page.evaluate(attack, { origin: preview.origin, addresses });
      assert.deepEqual(new Set(Object.values(lost)), new Set(['refused']), JSON.stringify(lost));
      assert.equal(await page.evaluate(() => typeof window.psychoedStyles), 'undefined');
      assert.equal(page.frames().length, 3);
      for (const frame of page.frames()) assert.doesNotMatch(await frame.content(), /Sleeping well|psychoed-bar/);
      await context.close();
    }
  });

  it('cannot come under another name', async () => {
    for (const host of ['attacker.example', `attacker.example:${preview.port}`, `127.0.0.1.attacker.example:${preview.port}`]) {
      assert.equal((await ask(PAGE, { host })).status, 403, host);
    }
    const { status, headers } = await ask(PAGE, { host: `127.0.0.1:${preview.port}`, origin: preview.origin });
    assert.equal(status, 200);
    assert.equal(headers['access-control-allow-origin'], undefined);
  });
});

/** Runs in a page of another site: what it gets when it asks for everything. */
async function attack({ origin, addresses }) {
  const load = (name, address, attribute) =>
    new Promise((done) => {
      const element = document.createElement(name);
      Object.assign(element, { onload: () => done('loaded'), onerror: () => done('refused'), rel: 'stylesheet' });
      element[attribute] = origin + address;
      document.body.append(element);
    });
  const listen = (address) =>
    new Promise((done) => {
      const stream = new EventSource(origin + address);
      stream.onopen = () => done('loaded');
      stream.onerror = () => (stream.close(), done('refused'));
    });
  const reach = (address, options) => fetch(origin + address, options).then(() => 'loaded', () => 'refused');
  const got = {
    fetch: await reach(addresses.page),
    blind: await reach(addresses.page, { mode: 'no-cors' }),
    script: await load('script', addresses.script, 'src'),
    image: await load('img', addresses.image, 'src'),
    style: await load('link', addresses.style, 'href'),
    stream: await listen(addresses.stream),
  };
  await load('iframe', addresses.page, 'src'); // a frame does not tell what is in it, nor whether it was refused
  return got;
}

describe('a preview that ends', () => {
  it('says so, and that a new one was started', async () => {
    const first = await Preview.start(project);
    const page = await browser.newPage();
    await page.goto(first.origin + PAGE);
    await until(() => page.workers().length === 1, () => 'nobody listens');
    await page.workers()[0].evaluate(() => self.location.href);
    await first.stop();
    await page.getByText('The preview has stopped: start “psychoed serve” again to go on.').waitFor();
    const second = await Preview.start(project, { port: first.port });
    await page.getByText('The preview has stopped, and another one was started: load this page again.').waitFor();
    await page.reload();
    await page.getByText('Rest is enough for now.').waitFor();
    assert.equal(await page.locator('.psychoed-notice').innerText(), '');
    await page.close();
    await second.stop();
  });

  it('says so on pages of its own', async () => {
    const addresses = [INDEX, '/nowhere.html', '/_psychoed/rules/raw-html', '/_psychoed/findings?file=content%2Fguides%2Fnotes.md', '/patient/handouts/never.html'];
    project.write('content/handouts/never.md', '+++\nkind = "handout\n+++\n');
    const first = await Preview.start(project);
    const pages = await Promise.all(
      addresses.map(async (address) => {
        const page = await browser.newPage();
        await page.goto(first.origin + address);
        await until(() => page.workers().length === 1, () => 'nobody listens');
        await page.workers()[0].evaluate(() => self.location.href);
        return page;
      }),
    );
    await first.stop();
    for (const page of pages) await page.getByText('The preview has stopped: start “psychoed serve” again to go on.').waitFor();
    const second = await Preview.start(project, { port: first.port });
    for (const page of pages) {
      await page.getByText('The preview has stopped, and another one was started: load this page again.').waitFor();
      await page.close();
    }
    await second.stop();
    project.delete('content/handouts/never.md');
    await settled((index) => !index.includes('never.md'));
  });
});
