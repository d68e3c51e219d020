// Nothing in the patients' edition names a page that is for clinicians alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { SITE, assertNone, filesOf } from './site.mjs';

const FOR_PATIENTS = filesOf(path.join(SITE, 'patient'));
const FOR_CLINICIANS = filesOf(path.join(SITE, 'clinician')).filter((file) => file.endsWith('.html') && !FOR_PATIENTS.includes(file));

const read = (...parts) => readFileSync(path.join(SITE, ...parts), 'utf8');

it('some pages are for clinicians alone', () => assert.notEqual(FOR_CLINICIANS.length, 0));

it('no file for patients has the address or title of one', () => {
  const patientTitles = FOR_PATIENTS.filter((file) => file.endsWith('.html')).map((file) => titleOf(read('patient', file)));
  const secrets = FOR_CLINICIANS.flatMap((file) => {
    const title = titleOf(read('clinician', file));
    const isShared = patientTitles.some((other) => other.includes(title)); // both may have a page on grief
    return [address(file), ...(isShared ? [] : spellings(title))];
  });
  const leaks = FOR_PATIENTS.flatMap((file) => {
    const content = read('patient', file);
    return secrets.flatMap((secret) => secret.exec(content) ?? []).map((found) => `patient/${file} has ${found}`);
  });
  assertNone(leaks);
});

/** `session-guides/first` with any extension or none, since an index may leave it out; `evidence.html` in full. */
function address(file) {
  const name = file.includes('/') ? file.replace(/\.html$/, '') : file;
  return new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`);
}

/** "The first session" of `<title>The first session – Clinic</title>`, as HTML spells it. */
const titleOf = (html) => /<title>([^<]*)/.exec(html)[1].split(/\s+[–—|·]\s+/)[0].trim();

/** The title as HTML and as other files spell it; a lone word such as "Evidence" only where it is a whole label. */
function spellings(title) {
  const plain = title
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, code) => String.fromCodePoint(parseInt(code, hex ? 16 : 10)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name]);
  return [...new Set([title, plain])].map((words) =>
    /\s/.test(words) ? new RegExp(escaped(words)) : new RegExp(`[>"]${escaped(words)}["<]`),
  );
}

function escaped(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
