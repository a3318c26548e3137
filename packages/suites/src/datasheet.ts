import type { Suite } from '@backlot/protocol';
import { difficultyOf } from './export/real.ts';

/** What a suite is, for those who are to trust it (after Gebru et al. 2021): origin, make-up, proof, known gaps. */
export function datasheetText(suite: Suite): string {
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
    '## How it was proven',
    '',
    `Of ${sampled} candidates ${tasks.length} were admitted: in the clone the oracle earns 1 from a fresh start, and doing nothing, acting at random, half of the work, more than the work, and the work with another argument or record earn 0.`,
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
