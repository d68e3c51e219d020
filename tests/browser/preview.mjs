// What the tests of `psychoed serve` share: a small project of their own, and a preview of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TARGET = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
const PSYCHOED = path.join(TARGET, 'debug', process.platform === 'win32' ? 'psychoed.exe' : 'psychoed');
/** Nothing becomes due while the tests run. */
const TODAY = ['--today', '2026-06-01'];

const CONFIG = `title = "Riverside Clinic"
language = "en-GB"
region = "X"

[[phases]]
id = "beginning"
title = "Beginning"

[[focal-areas]]
id = "grief"
title = "Grief"

[[crisis-lines]]
region = "X"
name = "Test line"
number = "000 111"
checked = 2026-05-01

[editions.patient]
title = "For patients"
audiences = ["patient"]

[editions.clinician]
title = "For clinicians"
audiences = ["patient", "clinician"]

[theme]
folder = "theme"

[pdf]
variants = ["standard"]

[checks]
kind-part-missing = "off"
main-message-count = "off"
action-missing = "off"
advice-line-missing = "off"
theme-text-unclear = "off"
claim-uncited = "off"
headings-too-far = "off"
paragraph-long = "off"
grade-high = "off"
summary-missing = "off"
you-missing = "off"
`;

const SENTENCE = 'Sleep comes and goes, and most people have weeks in which it does not come easily. ';
const section = (number) => `## Part ${number}\n\n${SENTENCE.repeat(5)}\n\n${SENTENCE.repeat(4)}\n`;
const sections = Array.from({ length: 12 }, (_, at) => section(at + 1)).join('\n');

/** A handout; `keys` are further lines of its front matter. */
export const handout = (id, title, body, keys = '') => `+++
kind = "handout"
id = "${id}"
title = "${title}"
version = "1.0"
phase = ["beginning"]
${keys}
+++

${body}
`;

const REVIEWED = `authors = ["A. Writer"]
reviewers = [{ name = "B. Reader", role = "Nurse" }]
reviewed = 2026-05-01
review-due = 2028-05-01`;

export const SLEEP = handout('HO-1', 'Sleeping well', `:::key-message\nRest is enough for now.\n:::\n\n${sections}`, REVIEWED);
export const GRIEF = handout('HO-2', 'Grief', 'Read about [sleep](sleep.md) too.\n\nThis takes time.', REVIEWED);
export const ANGER = handout('HO-3', 'Anger', 'Not yet ready.', 'draft = true');

const FILES = {
  'site-config.toml': CONFIG,
  'content/handouts/sleep.md': SLEEP,
  'content/handouts/grief.md': GRIEF,
  'content/handouts/anger.md': ANGER,
  'content/guides/notes.md': '+++\nkind = "quick-reference"\nid = "QR-1"\ntitle = "Notes for colleagues"\nversion = "1.0"\nauthors = ["A. Writer"]\n+++\n\nAsk first.\n',
};

/** The style sheet of its theme, at first that of the theme it goes over. */
export const STYLE = 'theme/assets/site.css';

/** A project in a new folder. */
export class Project {
  constructor() {
    this.root = mkdtempSync(path.join(tmpdir(), 'psychoed-serve-'));
    for (const [file, text] of Object.entries(FILES)) this.write(file, text);
    this.write(STYLE, readFileSync(path.join(ROOT, 'themes/default/assets/site.css')));
  }

  path = (file) => path.join(this.root, file);

  write(file, text) {
    mkdirSync(path.dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  /** As most editors do: a new file takes the place of the old one. */
  writeByRename(file, text) {
    this.write(`${file}~`, text);
    renameSync(this.path(`${file}~`), this.path(file));
  }

  delete = (file) => rmSync(this.path(file), { recursive: true });

  /** Runs psychoed to its end in the project, while connections to a preview go on being looked after. */
  async run(...words) {
    const said = [];
    const process = spawn(PSYCHOED, [...words, '--root', this.root, ...TODAY], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [process.stdout, process.stderr]) stream.setEncoding('utf8').on('data', (text) => said.push(text));
    const [status] = await once(process, 'close');
    if (status !== 0) throw new Error(`psychoed ${words.join(' ')}: ${status}\n${said.join('')}`);
  }

  remove = () => rmSync(this.root, { recursive: true, force: true });
}

/** `psychoed serve`, with `said` all that it has written. */
export class Preview {
  static async start(project, { port, env = {} } = {}) {
    const preview = new Preview();
    port ??= await freePort();
    const words = ['serve', '--root', project.root, '--port', String(port), ...TODAY];
    preview.process = spawn(PSYCHOED, words, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    preview.said = '';
    for (const stream of [preview.process.stdout, preview.process.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (preview.said += text));
    }
    preview.ended = new Promise((ended) => preview.process.once('exit', ended));
    Object.assign(preview, { port, origin: `http://127.0.0.1:${port}` });
    await preview.says('press Ctrl+C to stop');
    return preview;
  }

  /** Waits until it has written `words`, after the first `from` characters. */
  async says(words, from = 0) {
    await until(() => this.said.includes(words, from), () => `psychoed never said “${words}”, but:\n${this.said}`);
  }

  async stop() {
    this.process.kill();
    await this.ended;
  }
}

/** Waits until `isSo`; fails with what `otherwise` says. */
export async function until(isSo, otherwise, limit = 15_000) {
  for (const start = performance.now(); !(await isSo()); await sleep(20)) {
    if (performance.now() - start > limit) throw new Error(otherwise());
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
