import type { Command } from 'commander';
import { command, run } from '../io/command.ts';
import { exitCodes, messageOf } from '../io/errors.ts';
import { version } from '../version.ts';

interface Check {
  readonly name: string;
  readonly works: boolean;
  /** What was found, or why it does not work and what to do. */
  readonly says: string;
}

/** `backlot doctor` */
export function doctorCommand(): Command {
  return command({
    name: 'doctor',
    summary: 'tell which parts work on this machine, and why not',
    examples: ['backlot doctor', 'backlot doctor --json'],
  }).action((options: { readonly json?: boolean }) => doctor(options));
}

async function doctor(options: { readonly json?: boolean }): Promise<void> {
  await run(options, async ({ terminal }) => {
    const node: Check = { name: 'node', works: true, says: `${process.version}, ${process.platform} ${process.arch}` };
    const text: Check = { name: 'text engine', works: true, says: 'the interpreter in this process' };
    const browser = await browserCheck();
    const window = await windowCheck();
    const checks = [node, text, ...browser, await containmentCheck(), await containerCheck(), await escapeCheck(), window];
    const lines = checks.map(({ name, works, says }) => `${works ? 'yes' : 'no '}  ${name.padEnd(16)}  ${says}`);
    terminal.result({ version: version(), checks }, lines.join('\n'));
    return browser.every(({ works }) => works) ? exitCodes.done : exitCodes.failed;
  });
}

async function browserCheck(): Promise<readonly Check[]> {
  const { findChromium, launchBrowser } = await import('@backlot/recorder');
  try {
    const executablePath = findChromium();
    const browser = await launchBrowser({ executablePath });
    const says = `Chromium ${browser.version()} at ${executablePath}`;
    await browser.close();
    return [
      { name: 'browser engine', works: true, says },
      { name: 'recorder', works: true, says: 'headless, in the same browser' },
    ];
  } catch (error) {
    const says = messageOf(error).split('\n')[0] ?? '';
    return [
      { name: 'browser engine', works: false, says },
      { name: 'recorder', works: false, says: 'needs the browser' },
    ];
  }
}

/** Which layers around the browser engine hold on this system. */
async function containmentCheck(): Promise<Check> {
  const name = 'containment';
  try {
    const [{ findChromium }, { missingLayers }] = await Promise.all([import('@backlot/recorder'), import('@backlot/sandbox')]);
    const missing = Object.entries(await missingLayers(findChromium()));
    return missing.length === 0
      ? { name, works: true, says: 'every layer holds: no privileges, an empty network, switches, routes, policies' }
      : { name, works: false, says: missing.map(([layer, why]) => `${layer}: ${why}`).join('; ') };
  } catch (error) {
    return { name, works: false, says: messageOf(error).split('\n')[0] ?? '' };
  }
}

async function containerCheck(): Promise<Check> {
  const { whyNoContainer } = await import('@backlot/sandbox');
  const why = await whyNoContainer();
  return { name: 'container engine', works: why === null, says: why ?? 'a daemon answers, and has the image of the browser' };
}

async function escapeCheck(): Promise<Check> {
  const { laneMeans } = await import('@backlot/sandbox');
  const means = await laneMeans();
  const works = 'command' in means;
  return { name: 'escape tests', works, says: works ? 'packets can be counted at the far end of a cable' : means.why };
}

async function windowCheck(): Promise<Check> {
  const name = 'recorder window';
  const { findChromium } = await import('@backlot/recorder');
  try {
    const executablePath = findChromium({ headed: true });
    const hasScreen = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
    return hasScreen
      ? { name, works: true, says: executablePath }
      : { name, works: false, says: 'there is no screen here (DISPLAY is not set); `backlot record --headless` works without' };
  } catch (error) {
    return { name, works: false, says: messageOf(error).split('\n')[0] ?? '' };
  }
}
