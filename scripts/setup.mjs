/**
 * Makes a clone of the repository ready, then runs a command in it: `node scripts/setup.mjs [COMMAND [ARGUMENTS]]`.
 * Installs the dependencies that the lock file names, checks the pinned Node, finds or fetches a Chromium.
 * Runs on Node 18 and newer with nothing installed; says nothing and changes nothing where all is there.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchChromium } from './fetch-chromium.mjs';
import { findChromium } from './find-chromium.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const binaries = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';

class SetupError extends Error {}

try {
  installDependencies();
  checkNode();
  const chromium = findChromium() ?? (await fetchChromium({ root, say }));
  const [command, ...args] = process.argv.slice(2);
  if (command) await run(command, args, chromium);
} catch (error) {
  process.stderr.write(`backlot set-up: ${error.message}\n`);
  process.exitCode = 1;
}

function say(text) {
  process.stderr.write(`backlot set-up: ${text}\n`);
}

function installDependencies() {
  const missing = firstMissing();
  if (missing === null) return;
  say(`installing dependencies (${missing}); the first time takes about a minute`);
  const failure = 'could not install the dependencies; npm says why above. Correct that and run the command again';
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (isTrustedInstaller()) npm(args, failure);
  else withPinnedNpm((tools) => npm(args, failure, tools));
}

/** Under an older Node, npm quietly leaves out the native parts of tools that ask for a newer one. */
function isTrustedInstaller() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** Hands over the pinned Node and npm, installed into a folder that is gone afterwards. */
function withPinnedNpm(use) {
  const folder = mkdtempSync(join(tmpdir(), 'backlot-setup-'));
  try {
    const { dependencies, packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const wanted = [`node@${dependencies.node}`, packageManager];
    npm(
      ['install', '--prefix', folder, '--no-save', '--loglevel=error', ...wanted],
      `could not fetch ${wanted.join(' and ')}; npm says why above`,
    );
    const modules = join(folder, 'node_modules');
    use({ node: nodeBinary(modules), script: join(modules, 'npm', 'bin', 'npm-cli.js') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compares what npm wrote about the last install with the lock file: why an install is needed, or null. */
function firstMissing() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (installed === null) return 'none are installed';
  const wanted = packagesOf(join(root, 'package-lock.json')) ?? {};
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional || entry.link) continue;
    if (installed[path]?.version !== entry.version)
      return `the lock file now wants ${path.replace(/^.*node_modules\//, '')} ${entry.version}`;
  }
  return null;
}

function packagesOf(lockFile) {
  if (!existsSync(lockFile)) return null;
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? null;
  } catch (error) {
    throw new SetupError(
      `${lockFile} is not readable JSON (${error.message}). Delete it if it lies in node_modules, else restore it with git.`,
    );
  }
}

/** The pinned Node does the work, so that the one on the machine may be older. */
function checkNode() {
  if (nodeVersion(pinnedNode()) >= 24) return;
  say('the pinned Node is missing, installing it');
  npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], 'could not install the pinned Node; npm says why above');
  if (nodeVersion(pinnedNode()) >= 24 || nodeVersion(process.execPath) >= 24) return;
  throw new SetupError('no Node 24 was found for this machine. Install Node 24 or newer (https://nodejs.org) and run the command again.');
}

function pinnedNode() {
  return nodeBinary(join(root, 'node_modules'));
}

function nodeBinary(modules) {
  return join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
}

/** Major version of a Node binary, 0 where it does not run. */
function nodeVersion(path) {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

function npm(args, failure, { node = process.execPath, script = process.env.npm_execpath } = {}) {
  const [command, first] = script?.endsWith('.js') ? [node, [script]] : ['npm', []];
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const options = { cwd: root, stdio: ['ignore', 2, 2], env, shell: windows && first.length === 0 };
  const { status, error } = spawnSync(command, [...first, ...args], options);
  if (status !== 0) throw new SetupError(`${failure} (npm ${args[0]}: ${error?.message ?? `exit code ${status}`}).`);
}

/** Runs a command with the pinned tools first on PATH; ends as it ends. */
function run(command, args, chromium) {
  const env = {
    // What it starts again and again, in processes and threads, is compiled once.
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
    ...process.env,
    PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`,
    BACKLOT_CHROMIUM: chromium,
  };
  const child = spawn(command, args, { cwd: process.cwd(), stdio: 'inherit', env, shell: windows });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to the child as well; a second one would cut its clean end short.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new SetupError(`could not start ${command} (${error.message}).`)));
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
      resolve();
    });
  });
}
