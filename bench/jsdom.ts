/**
 * The text engine beside jsdom running the same clone with its runtime, in one run: the same actions, each followed by what the page is to
 * assistive technology. In jsdom elements are found, and roles and names worked out, by Testing Library. Seconds are of the processor.
 *
 *   node --conditions=@backlot/source bench/jsdom.ts CLONE [--actions 20]
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Action } from '@backlot/protocol';
import { createRng, isLast, randomAgent } from '@backlot/agents';
import { createTextEngine, readClone } from '@backlot/sandbox';
import { getRoles, queryAllByRole } from '@testing-library/dom';
import { JSDOM, VirtualConsole } from 'jsdom';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { actions: { type: 'string', default: '20' } } });
const [dir] = positionals;
if (dir === undefined) throw new Error('Name the folder of a clone.');
// The package says where its code is, and not where its types are.
const { computeAccessibleName } = createRequire(import.meta.url)('dom-accessibility-api') as { computeAccessibleName(of: Element): string };
const clone = await readClone(dir);
const account = clone.world.defaultAccount;
const engine = createTextEngine();
/** What is done in both: clicks on what leads on, and texts filled in. */
const kinds = new Set<Action['kind']>(['click', 'fill']);

/** What a random agent does, as far as both can do it. */
async function walkOf(length: number): Promise<readonly Action[]> {
  const episode = await engine.open({ clone, account });
  const attempt = randomAgent.start({ instruction: 'Green tea for Ada' } as Parameters<typeof randomAgent.start>[0], createRng('bench'));
  const walk: Action[] = [];
  let observation = await episode.observe();
  for (let tries = 0; walk.length < length && tries < 50 * length; tries++) {
    const move = await attempt.next(observation, { step: tries, stepsLeft: 1 });
    if (isLast(move)) break;
    if (!kinds.has(move.kind)) continue;
    const result = await episode.act(move);
    if (result.refused === undefined) walk.push(move);
    ({ observation } = result);
  }
  return walk;
}

/** Processor seconds that work takes. */
async function cost(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The clone in jsdom. Its script asks for its world, which is here already. */
function openInJsdom(): JSDOM {
  const file = (name: string): string => readFileSync(path.join(dir as string, name), 'utf8');
  const world = file('world.json');
  const dom = new JSDOM(file('index.html').replace(/<script[^>]*src=[^>]*><\/script>/g, ''), {
    url: `http://127.0.0.1${clone.world.start}`,
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(),
  });
  class Answered {
    readonly status = 200;
    readonly responseText = world;
    open(): void {
      // Nothing is to be opened.
    }
    send(): void {
      // The answer is there.
    }
  }
  Object.assign(dom.window, { XMLHttpRequest: Answered });
  dom.window.eval(file('runtime.js'));
  return dom;
}

function actInJsdom({ window }: JSDOM, { kind, target, value = '' }: Action): void {
  if (target === undefined) return;
  const element = queryAllByRole(window.document.body, target.role, { name: target.name })[target.nth] as HTMLInputElement | undefined;
  if (element === undefined) {
    missed += 1;
    return;
  }
  if (kind === 'click') return element.click();
  element.value = value;
  element.dispatchEvent(new window.Event('input', { bubbles: true }));
}

/** Every element with a role, and its name. */
function observeInJsdom({ window }: JSDOM): string {
  const roles = getRoles(window.document.body);
  return Object.entries(roles)
    .flatMap(([role, elements]) => elements.map((element) => `${role} ${JSON.stringify(computeAccessibleName(element))}`))
    .join('\n');
}

let missed = 0;
const walk = await walkOf(Number(values.actions));
const play = async (times: number): Promise<void> => {
  for (let i = 0; i < times; i++) {
    const episode = await engine.open({ clone, account });
    for (const action of walk) void (await episode.act(action)).observation.aria;
  }
};
await play(20);
const times = 50;
const ours = (await cost(() => play(times))) / (times * walk.length);
const dom = openInJsdom();
observeInJsdom(dom);
let characters = 0;
const theirs = await cost(async () => {
  for (const action of walk) {
    actInJsdom(dom, action);
    characters += observeInJsdom(dom).length;
  }
});
const plain = openInJsdom();
const bare = await cost(async () => {
  for (const action of walk) {
    actInJsdom(plain, action);
    characters += plain.window.document.documentElement.outerHTML.length;
  }
});
const ms = (seconds: number): string => (1000 * seconds).toFixed(3);
process.stdout.write(
  [
    `${walk.length} actions on a clone of ${clone.world.app}; ${missed} of ${2 * walk.length} had no such element in jsdom; ${characters} characters seen there`,
    `text engine, full observation           ${ms(ours)} ms a step`,
    `jsdom, roles and names                  ${ms(theirs / walk.length)} ms a step, ${Math.round(theirs / walk.length / ours)} times as much`,
    `jsdom, its document as HTML             ${ms(bare / walk.length)} ms a step, ${Math.round(bare / walk.length / ours)} times as much`,
    '',
  ].join('\n'),
);
dom.window.close();
plain.window.close();
process.exit(0);
