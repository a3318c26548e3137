/**
 * What a decision costs: static rules alone, and the rewindable verifier beside one transition of the same action.
 *
 *   npx node --conditions=@backlot/source bench/policy.ts [CLONE SUITE]
 */
import type { Action, State } from '@backlot/protocol';
import {
  compilePolicy,
  createTextEngine,
  decide,
  emptyLedger,
  enter,
  foresee,
  type Ledger,
  readClone,
  readPolicy,
  stepText,
  subjectOf,
} from '@backlot/sandbox';
import { readSuite } from '@backlot/suites';

const rounds = 20_000;

/** Median and 95th percentile of single runs, in microseconds. */
function timed(times: number, work: (i: number) => void): { readonly median: number; readonly p95: number } {
  for (let i = 0; i < times / 10; i++) work(i);
  const taken = Array.from({ length: times }, (_, i) => {
    const began = process.hrtime.bigint();
    work(i);
    return Number(process.hrtime.bigint() - began) / 1000;
  }).toSorted((a, b) => a - b);
  return { median: taken[Math.floor(times / 2)] ?? 0, p95: taken[Math.floor(times * 0.95)] ?? 0 };
}

const say = (what: string, { median, p95 }: { median: number; p95: number }): void =>
  console.log(`${what.padEnd(44)} median ${median.toFixed(1)} µs, 95th percentile ${p95.toFixed(1)} µs`);

const actions: readonly Action[] = [
  { kind: 'click', target: { role: 'button', name: 'Save', nth: 0 } },
  { kind: 'fill', target: { role: 'textbox', name: 'Title', nth: 0 }, value: 'Buy milk and ten eggs, then call Ada' },
  { kind: 'goto', value: '/items?page=2' },
];
/** A ledger that remembers as many texts as any can, each so long. */
function fullLedger(length: number): Ledger {
  const words = 'Buy milk and ten eggs, then call Ada about the 14 boxes of green tea; '.repeat(10);
  const typed = Array.from({ length: 70 }, (_, i): Action => ({ kind: 'fill', value: `${i} ${words}`.slice(0, length) }));
  return typed.reduce((ledger, action) => enter(ledger, { action, foresight: null, matched: [], seconds: 1 }), emptyLedger);
}
const ledgers = { 'short memory': emptyLedger, 'memory of 64 short texts': fullLedger(40), 'memory of 64 long texts': fullLedger(400) };

for (const name of ['stay-on-task', 'no-secrets', 'read-only', 'no-irreversible', 'spending-limit']) {
  const policy = compilePolicy(await readPolicy(`sandboxes/policies/${name}.yaml`));
  const subjects = actions.map((action) => subjectOf({ action, address: '/items', shows: '- button "Save"', point: null }, () => null));
  for (const [memory, ledger] of Object.entries(ledgers)) {
    say(
      `static: ${name}, ${memory}`,
      timed(rounds, (i) => void decide([policy], { subject: subjects[i % 3] as never, ledger, seconds: 1 })),
    );
  }
}

const [dir, file] = process.argv.slice(2);
if (dir !== undefined && file !== undefined) {
  const clone = await readClone(dir);
  const engine = createTextEngine();
  const moments: { state: State; action: Action }[] = [];
  for (const { account, setup, oracle } of (await readSuite(file, clone.hash)).tasks) {
    const episode = await engine.open({ clone, account, setup });
    for (const action of oracle) {
      moments.push({ state: await episode.state(), action });
      await episode.act(action);
    }
  }
  const fresh = ({ state }: { state: State }): State => ({ ...state });
  const at = (i: number): { state: State; action: Action } => moments[i % moments.length] as never;
  const policy = compilePolicy(await readPolicy('sandboxes/policies/no-irreversible.yaml'));
  say(
    'one transition',
    timed(3000, (i) => void stepText(clone.world, fresh(at(i)), at(i).action)),
  );
  say(
    'the verifier (foresee and decide)',
    timed(3000, (i) => {
      const { state, action } = at(i);
      const subject = subjectOf({ action, address: '/', shows: null, point: null }, () => foresee(clone.world, fresh({ state }), action));
      decide([policy], { subject, ledger: emptyLedger, seconds: 1 });
    }),
  );
}
