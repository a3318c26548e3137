import type { Suite } from '@backlot/protocol';
import { costOf, defaultCostModel, type CostModel } from '@backlot/reward';
import { mostImpossible } from './build-suite.ts';
import { difficultyOf } from './export/real.ts';

/** What a suite is, for those who are to trust it (after Gebru et al. 2021): origin, make-up, proof, known gaps. */
export function datasheetText(suite: Suite, model?: CostModel): string {
  const { name, tasks, seed, sampled, rejected, worldHash } = suite;
  const by = (of: (task: Suite['tasks'][number]) => string): readonly string[] =>
    [...Map.groupBy(tasks, of)]
      .toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
      .map(([key, all]) => `| ${key} | ${all.length} |`);
  const reasons = Object.entries(rejected).map(([control, times]) => `| ${control} | ${times} |`);
  const table = (head: string, rows: readonly string[]): readonly string[] => [`| ${head} | tasks |`, '|---|---|', ...rows, ''];
  return [
    `# ${name}`,
    '',
    `${tasks.length} tasks in a clone learned from recorded sessions, drawn with seed ${seed} from the work that was seen in them. The clone's world has the SHA-256 \`${worldHash}\`.`,
    '',
    '## What is in it',
    '',
    ...table(
      'kind',
      by((task) => task.mix ?? 'representative'),
    ),
    ...table('difficulty', by(difficultyOf)),
    ...table(
      'workflow',
      by(({ workflow }) => workflow),
    ),
    '## What it takes',
    '',
    ...costLines(suite, model),
    '## How it was proven',
    '',
    `Of ${sampled} candidates ${tasks.length} were admitted: in the clone the oracle earns 1 from a fresh start and from the same start at three other times, so do the other right ways that exist, and doing nothing, guessing, twenty tries of chance, half of the work, more than the work, and the work with another argument or record earn 0. Questions are tried with wrong answers, impossible tasks with the work done on something else. At most ${100 * mostImpossible} % of a suite are impossible: an agent that always gives up earns no more.`,
    '',
    ...(reasons.length === 0 ? [] : ['| rejected by | candidates |', '|---|---|', ...reasons, '']),
    '## What it does not tell',
    '',
    'Texts are recombined from texts of the logs; in suites of logs that were read with `--privacy keep` they are as they were typed. What nobody did in the logs is in no task. A task that holds in the clone may still fail in the real application: `backlot fidelity` says how often.',
    '',
    'Licence: that of the logs and of the application shown.',
    '',
  ].join('\n');
}

/** Steps of the solutions, and the time that a person takes for them, by kind of task. */
function costLines({ tasks }: Suite, model: CostModel = defaultCostModel): readonly string[] {
  const kinds = [...Map.groupBy(tasks, ({ mix }) => mix ?? 'representative')].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = kinds.map(([kind, all]) => {
    const costs = all.map(({ oracle }) => costOf(oracle, model));
    const mean = (of: (cost: (typeof costs)[number]) => number): string =>
      (costs.reduce((sum, cost) => sum + of(cost), 0) / costs.length).toFixed(1);
    return `| ${kind} | ${mean(({ steps }) => steps)} | ${mean(({ ms }) => ms / 1000)} |`;
  });
  return rows.length === 0 ? [] : ['| kind | mean steps of the solution | mean seconds of a person |', '|---|---|---|', ...rows, ''];
}
