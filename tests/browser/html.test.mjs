// The Nu HTML checker accepts every page and picture.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import vnu from 'vnu-jar';
import { SITE, SITE_AT_URL, assertNone, filesOf } from './site.mjs';

it('pages and pictures are valid HTML and SVG', () => assertValid(SITE));
it('they are valid when built for an address', { skip: !SITE_AT_URL }, () => assertValid(SITE_AT_URL));

async function assertValid(root) {
  const files = filesOf(root).filter((file) => /\.(html|svg)$/.test(file));
  assertNone(await faultsIn(root, files));
}

function faultsIn(root, files) {
  const options = ['-Xss4m', '-jar', vnu, '--errors-only', '--also-check-svg', '--stdout', '--format', 'json'];
  return new Promise((resolve, reject) => {
    execFile('java', [...options, ...files], { cwd: root, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error && error.code !== 1) return reject(error); // 1: the checker found faults
      try {
        resolve(JSON.parse(stdout).messages.map((fault) => describe(root, fault)));
      } catch {
        reject(new Error(`the checker said: ${stdout}${stderr}`));
      }
    });
  });
}

function describe(root, { url = '', lastLine, message, extract = '' }) {
  const file = url.startsWith('file:') ? path.relative(root, fileURLToPath(url)) : url;
  return `${file}:${lastLine}: ${message} ${extract.trim()}`;
}
