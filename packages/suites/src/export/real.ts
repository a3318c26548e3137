import type { Goal, Task } from '@backlot/protocol';
import { appOf, json, plainId, type SuiteExport } from './files.ts';

/**
 * One JSON file a task in the form of REAL (agi-inc/agisdk, v1): checks are JMESPath queries over `differences`, which holds
 * `{added, updated, deleted}` by table.
 */
export const exportReal: SuiteExport = ({ suite }) => {
  const app = appOf(suite);
  return suite.tasks.map((task) => ({
    path: `tasks/${app}-${plainId(task)}.json`,
    text: json({
      id: `${app}-${plainId(task)}`,
      goal: task.instruction,
      website: { id: app, name: app, similarTo: app, previewImage: '', url: `http://127.0.0.1/${app}` },
      difficulty: difficultyOf(task),
      challengeType: task.verifier.answer === undefined ? 'action' : 'retrieval',
      possible: task.verifier.answer?.kind !== 'impossible',
      evals: task.verifier.goals.flatMap(checksOf),
      points: 1,
      config: {},
      version: 'v1',
    }),
  }));
};

/** By the length of the shortest known solution. */
export const difficultyOf = ({ oracle }: Task): 'easy' | 'medium' | 'hard' =>
  oracle.length <= 3 ? 'easy' : oracle.length <= 8 ? 'medium' : 'hard';

interface Check {
  readonly description: string;
  readonly type: 'jmespath';
  readonly expected_value: unknown;
  readonly query: string;
}

const quoted = (name: string): string => `"${name.replace(/["\\]/g, '\\$&')}"`;
const literal = (value: unknown): string => `\`${JSON.stringify(value).replaceAll('`', '\\`')}\``;

function checksOf(goal: Goal): readonly Check[] {
  switch (goal.kind) {
    case 'inserted': {
      const filter = Object.entries(goal.cells).map(([column, value]) => `${quoted(column)} == ${literal(value)}`);
      const query = `length(values(differences.${quoted(goal.table)}.added)[?${filter.join(' && ') || '`true`'}])`;
      return [{ description: `${goal.count} new ${goal.table}`, type: 'jmespath', expected_value: goal.count, query }];
    }
    case 'updated':
      return Object.entries(goal.now).map(([column, value]) => ({
        description: `${column} of ${goal.table} ${goal.row}`,
        type: 'jmespath',
        expected_value: value,
        query: `differences.${quoted(goal.table)}.updated.${quoted(goal.row)}.${quoted(column)}`,
      }));
    case 'deleted':
      return [
        {
          description: `${goal.table} ${goal.row} is gone`,
          type: 'jmespath',
          expected_value: true,
          query: `contains(keys(differences.${quoted(goal.table)}.deleted), '${goal.row}')`,
        },
      ];
    case 'register':
      return [
        {
          description: goal.name,
          type: 'jmespath',
          expected_value: goal.value,
          query: `differences.registers.updated.${quoted(goal.name)}`,
        },
      ];
    case 'at':
      return [{ description: 'final address', type: 'jmespath', expected_value: goal.url, query: 'url' }];
  }
}
