import { chown, mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { InfraError } from '../engine/errors.ts';
import { quoted, type Confinement } from './command.ts';
import { allLayers, type Layer, type Layers } from './layers.ts';
import { goesWithUs } from './litter.ts';
import { limitMemory } from './memory.ts';
import { emptyNetwork } from './namespace.ts';
import { closedFeatures, closedSwitches } from './switches.ts';
import { cleanEnvironment, nobody, unprivileged } from './user.ts';

/** How a browser is started. */
export interface LaunchOptions {
  /** The Chromium to start. */
  readonly executablePath: string;
  readonly layers?: Layers;
  /** A command that the browser, and all that holds it, is run by. */
  readonly within?: readonly string[];
}

/** A Chromium that is held in. */
export interface ContainedBrowser {
  readonly browser: Browser;
  /** Of the browser's main process; killing it ends all of them. */
  readonly pid: number;
  /** First process of the container that holds it, where one does. */
  readonly containerPid?: number;
  /** Layers that this system can't give, and why. */
  readonly missing: Partial<Readonly<Record<Layer, string>>>;
  /** Ends the browser, by force after a while, and removes what it wrote. Never throws. */
  close(): Promise<void>;
}

/** How much memory all processes of a browser may hold together, in MiB: more than that and it is killed. */
export const mostMemory = 4096;

/** How long a browser may take to end by itself, in milliseconds. */
const patience = 5000;

/**
 * Starts a Chromium without privileges and without a network, with a folder of its own that goes with it. What this system can't give is
 * left out and named in `missing`. Signals are left to the caller, which closes the browser when it stops.
 * @throws InfraError where it does not start
 */
export async function launchContained({ executablePath, layers = allLayers, within = [] }: LaunchOptions): Promise<ContainedBrowser> {
  const program = bareProgram(executablePath);
  const missing: Partial<Record<Layer, string>> = {};
  const use = async (layer: Layer, confinement: () => Promise<Confinement>): Promise<readonly string[]> => {
    if (!layers.has(layer)) return [];
    const found = await confinement();
    if ('command' in found) return found.command;
    missing[layer] = found.why;
    return [];
  };
  // The network first: making one may need the privileges that are then given up.
  const namespace = await use('namespace', emptyNetwork);
  const user = await use('user', () => unprivileged(program));
  const isConfined = layers.has('user') && missing.user === undefined;
  const home = await privateFolder(isConfined);
  const remove = goesWithUs(home);
  const profile = path.join(home, 'profile');
  const command = [...within, ...namespace, ...user, program];
  try {
    const started = await startChromium({ home, command, profile, layers, env: cleanEnvironment(profile), isConfined, remove });
    return { ...started, missing };
  } catch (cause) {
    await remove();
    throw new InfraError(`The browser ${executablePath} does not start. Is it a Chromium that can be executed?`, { cause });
  }
}

/** Layers that this system can't give to a browser, and why; nothing is started that lasts. */
export async function missingLayers(executablePath: string): Promise<ContainedBrowser['missing']> {
  const { missing, close } = await launchContained({ executablePath });
  await close();
  return missing;
}

/** What is started, and around it. */
interface Start {
  /** A folder of its own, which the browser may be unable to write to. */
  readonly home: string;
  /** Runs a Chromium when its arguments follow. */
  readonly command: readonly string[];
  /** Where the Chromium keeps its profile, as it sees the file system. */
  readonly profile: string;
  readonly layers: Layers;
  readonly env: Readonly<Record<string, string>>;
  /** Chromium's own sandbox is on. */
  readonly isConfined: boolean;
  remove(): Promise<void>;
}

/** Starts the Chromium that a command runs, under the switches if they are on. */
export async function startChromium({ home, command, profile, layers, env, isConfined, remove }: Start): Promise<ContainedBrowser> {
  const isClosed = layers.has('switches');
  const start = await startScript(home, { command, profile, featuresOff: isClosed ? closedFeatures : [] });
  // Loaded here, since it takes longer than all else that a process without a browser does first.
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: start,
    args: isClosed ? [...closedSwitches] : [],
    env,
    chromiumSandbox: isConfined,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const pid = Number(await readFile(path.join(home, 'pid'), 'utf8'));
  const relax = limitMemory(pid, mostMemory);
  browser.on('disconnected', relax);
  return { browser, pid, missing: {}, close: () => end(browser, pid).then(remove) };
}

/** Debian's wrapper sources switches and keys from files of the system: what is started is the program behind it. */
function bareProgram(executablePath: string): string {
  const behind: Readonly<Record<string, string>> = {
    '/usr/bin/chromium': '/usr/lib/chromium/chromium',
    '/usr/bin/chromium-headless-shell': '/usr/lib/chromium/chromium-headless-shell',
  };
  const program = behind[executablePath];
  return program !== undefined && existsSync(program) ? program : executablePath;
}

async function privateFolder(isConfined: boolean): Promise<string> {
  const changesUser = isConfined && process.getuid?.() === 0;
  const base = changesUser && !(await isOpenToAll(tmpdir())) ? '/tmp' : tmpdir();
  const home = await mkdtemp(path.join(base, 'backlot-browser-'));
  const profile = path.join(home, 'profile');
  await mkdir(profile, { mode: 0o700 });
  if (changesUser) {
    await chown(home, nobody, nobody);
    await chown(profile, nobody, nobody);
  }
  return home;
}

type Script = Pick<Start, 'command' | 'profile'> & { readonly featuresOff: readonly string[] };

/** True where anybody may go through a folder and all that it lies in. */
async function isOpenToAll(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  const parent = path.dirname(folder);
  return (mode & 0o001) !== 0 && (parent === folder || isOpenToAll(parent));
}

/** What Playwright starts in the browser's place. Each command runs the next in its own process, so the number stays. */
async function startScript(home: string, { command, profile, featuresOff }: Script): Promise<string> {
  const file = path.join(home, 'start');
  const lines = [
    '#!/bin/sh',
    'ulimit -c 0',
    `echo $$ > ${quoted(path.join(home, 'pid'))}`,
    // Of two switches of the same name the last one holds: what Playwright leaves off stays off.
    `off=${quoted(featuresOff.join(','))}`,
    'for given; do case "$given" in --disable-features=*) off="${given#*=},$off" ;; esac; done',
    `exec ${command.map(quoted).join(' ')} "$@" --disable-features="$off" ${quoted(`--user-data-dir=${profile}`)}`,
  ];
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o755 });
  return file;
}

async function end(browser: Browser, pid: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => (timer = setTimeout(done, patience)));
  await Promise.race([browser.close().catch(() => undefined), late]);
  clearTimeout(timer);
  if (isAlive(pid)) killGroup(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Playwright starts browsers as leaders of their own process groups. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
