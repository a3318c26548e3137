#!/usr/bin/env node
/** Starts the backlot command on a Node that is new enough, from the sources in a clone of the repository and from dist elsewhere. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const wantedMajor = 24;
const here = dirname(fileURLToPath(import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= wantedMajor) {
  await start();
} else {
  handOver(findPinnedNode());
}

async function start() {
  const source = join(here, '..', 'src', 'main.ts');
  // Node strips no types below node_modules, so an installed package runs its build.
  if (existsSync(source) && !here.includes(`${join('/', 'node_modules', '/')}`)) {
    nodeModule.registerHooks({
      resolve: (specifier, context, next) => next(specifier, { ...context, conditions: ['@backlot/source', ...context.conditions] }),
    });
    await import('../src/main.ts');
  } else {
    await import('../dist/main.js');
  }
}

/** The pinned Node of the nearest node_modules above, or undefined. */
function findPinnedNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'node_modules', 'node', 'bin', name);
    if (existsSync(path)) return path;
  }
  return undefined;
}

function handOver(node) {
  if (node === undefined) {
    process.stderr.write(
      `backlot needs Node ${wantedMajor} or newer, and this is ${process.version}. Install a newer Node, or run \`npm ci\`, which brings one.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to the child as well; a second one would cut its clean end short.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
  child.on('error', (error) => {
    process.stderr.write(`backlot could not start ${node}: ${error.message}\n`);
    process.exitCode = 2;
  });
}
