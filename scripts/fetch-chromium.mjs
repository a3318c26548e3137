import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './find-chromium.mjs';

/** A download that says nothing for this long is given up. */
const silenceMs = 45_000;

const advice =
  'No Chromium was found and none could be fetched. Do one of these, then run the command again:\n' +
  '  - Debian: sudo apt-get install chromium-headless-shell\n' +
  '  - anywhere: npx playwright-core install --with-deps chromium-headless-shell\n' +
  '  - any Chromium or Chrome you have: export BACKLOT_CHROMIUM=/path/to/it';

/**
 * Fetches a Chromium: Playwright's headless shell, else Debian's package. Needs the dependencies of `root` installed.
 * @returns the path of one that starts
 * @throws with what to do by hand, where neither way works
 */
export async function fetchChromium({ root, say }) {
  say('no Chromium found, fetching one (about 100 MB)');
  const reasons = [];
  for (const [name, fetch] of [
    ['Playwright', () => fromPlaywright(root)],
    ['apt-get', fromDebian],
  ]) {
    const failure = await fetch();
    const path = findChromium();
    if (path !== null) return path;
    const reason = failure ?? 'it succeeded, but its Chromium does not start here; system libraries may be missing';
    reasons.push(`${name}: ${reason}`);
    say(`${name} gave none (${reason})`);
  }
  throw new Error(`${advice}\nWhat was tried:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`);
}

async function fromPlaywright(root) {
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  if (!existsSync(cli)) return 'playwright-core is not installed';
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  return failureOf({ command: process.execPath, args: [cli, 'install', 'chromium-headless-shell'], env });
}

async function fromDebian() {
  if (!existsSync('/usr/bin/apt-get')) return 'this is no Debian-like system';
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) return 'it needs root, and sudo asks for a password';
  const prefix = isRoot ? [] : ['sudo', '-n'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', '-q', ...args];
    return failureOf({ command, args: rest, env });
  };
  await aptGet('update');
  return aptGet('install', '-y', '--no-install-recommends', 'chromium-headless-shell');
}

/** Runs a command without showing its output: null where it succeeds, else the last line it printed. */
function failureOf({ command, args, env }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let timer = setTimeout(stop, silenceMs);
    function stop() {
      output += `\ngiven up after ${silenceMs / 1000} s without a sign of life`;
      child.kill('SIGKILL');
    }
    function read(chunk) {
      output = (output + chunk).slice(-4000);
      clearTimeout(timer);
      timer = setTimeout(stop, silenceMs);
    }
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', (error) => finish(error.message));
    child.on('close', (code) => finish(code === 0 ? null : lastLine(output) || `exit code ${code}`));
    function finish(reason) {
      clearTimeout(timer);
      resolve(reason);
    }
  });
}

function lastLine(text) {
  const lines = (text ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !/^[│║╔╚]?\s*at /.test(line)).at(-1) ?? '';
}
