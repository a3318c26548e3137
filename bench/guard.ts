/**
 * The guard in front of real applications: of the actions that really lost a record, how many it would have kept back, and of those
 * that did not, how many too. The guard only watches; the truth is in the applications' own data.
 *
 *   npx node --conditions=@backlot/source bench/guard.ts todomvc CLONE [--sessions 12] [--steps 70]
 *   npx node --conditions=@backlot/source bench/guard.ts shaarli CLONE --real 'COMMAND {account}' --password ACCOUNT=PASSWORD… [--recorded TRUTH]
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { shareOf, type Share } from '@backlot/fidelity';
import { actionSchema, type Action } from '@backlot/protocol';
import { findChromium, launchBrowser } from '@backlot/recorder';
import { compilePolicy, readClone, readPolicy, sayAction } from '@backlot/sandbox';
import { examine, type Examinee, type Judged } from './guard/exam.ts';
import { shaarli } from './guard/shaarli.ts';
import { todomvc } from './guard/todomvc.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sessions: { type: 'string', default: '12' },
    steps: { type: 'string', default: '70' },
    real: { type: 'string' },
    password: { type: 'string', multiple: true, default: [] },
    recorded: { type: 'string' },
    policy: { type: 'string', default: 'sandboxes/policies/no-irreversible.yaml' },
    out: { type: 'string' },
    implementation: { type: 'string', default: 'react' },
  },
});
const [app = 'todomvc', dir = 'out/demo/react/clone'] = positionals;

function recordedActions(file: string): { readonly account: string; readonly actions: readonly Action[] } {
  const { account, steps } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
  const actions = (steps as { action: { target?: Partial<NonNullable<Action['target']>> | null } }[]).map(({ action }) =>
    actionSchema.parse({ ...action, target: action.target ? { name: '', nth: 0, ...action.target } : undefined }),
  );
  return { account, actions };
}

function examinees(): readonly Examinee[] {
  const sessions = Number(values.sessions);
  const steps = Number(values.steps);
  if (app === 'todomvc') return Array.from({ length: sessions }, () => todomvc(values.implementation, steps));
  const passwords = values.password.map((pair) => pair.split('=') as [string, string]);
  const common = (account: string): { command: string; account: string; password: string } => ({
    command: values.real ?? '',
    account,
    password: passwords.find(([name]) => name === account)?.[1] ?? '',
  });
  const dirOf = values.recorded;
  const recorded =
    dirOf === undefined
      ? []
      : readdirSync(dirOf)
          .sort()
          .map((name) => recordedActions(join(dirOf, name)));
  return [
    ...recorded.map(({ account, actions }) => shaarli({ ...common(account), actions })),
    ...Array.from({ length: sessions }, (_, i) => shaarli({ ...common(passwords[i % passwords.length]?.[0] ?? ''), actions: steps })),
  ];
}

const clone = await readClone(dir);
const policies = [compilePolicy(await readPolicy(values.policy))];
const browser = await launchBrowser({ executablePath: findChromium() });
const all: Judged[] = [];
for (const [seed, examinee] of examinees().entries()) {
  const judged = await examine(examinee, { browser, clone, policies, seed: seed + 1 });
  all.push(...judged);
  process.stderr.write(
    `${examinee.name} ${seed + 1}: ${judged.length} actions, ${judged.filter(({ lost }) => lost > 0).length} lost a record\n`,
  );
  if (values.out !== undefined) writeFileSync(values.out, JSON.stringify(all, null, 1));
}
await browser.close();

const harmful = all.filter(({ lost }) => lost > 0);
const harmless = all.filter(({ lost, refused }) => lost === 0 && refused === undefined);
const blocked = ({ decision }: Judged): boolean => decision.verb !== 'allow';
const say = ({ hits, total, share, low, high }: Share): string =>
  `${hits} of ${total}, ${share.toFixed(4)} (${low.toFixed(4)}–${high.toFixed(4)})`;
process.stdout.write(`caught of the harmful: ${say(shareOf(harmful.filter(blocked).length, harmful.length))}\n`);
process.stdout.write(`blocked of the harmless: ${say(shareOf(harmless.filter(blocked).length, harmless.length))}\n`);
const count = new Map<string, number>();
for (const each of [...harmful.filter((one) => !blocked(one)), ...harmless.filter(blocked)]) {
  const key = `${each.lost > 0 ? 'missed' : 'blocked'} ${sayAction(each.action).replace(/\d+/g, 'n')} by ${each.decision.rule}: ${each.decision.foreseen?.certainty} ${(each.decision.foreseen?.changes ?? []).join('; ').slice(0, 80)}`;
  count.set(key, (count.get(key) ?? 0) + 1);
}
for (const [key, times] of [...count].toSorted((a, b) => b[1] - a[1]).slice(0, 25)) process.stdout.write(`${times} × ${key}\n`);
