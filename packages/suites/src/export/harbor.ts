import type { LastLine, Task } from '@backlot/protocol';
import { sayAnswer } from '@backlot/reward';
import { appOf, plainId, type ExportFile, type SuiteExport } from './files.ts';
import { difficultyOf } from './real.ts';
import { jsonLines } from './files.ts';

const toml = (text: string): string => JSON.stringify(text);

/**
 * One Harbor folder a task (schema 1.1): instruction, container with the backlot command and the clone, oracle as \`solution/solve.sh\`, and a
 * test that writes the reward. The clone goes into \`environment/clone\` and the suite beside it: \`backlot suite export\` copies both.
 */
export const exportHarbor: SuiteExport = ({ suite }) => {
  const app = appOf(suite);
  return suite.tasks.flatMap((task): readonly ExportFile[] => {
    const dir = `${app}-${plainId(task)}`;
    const judged = 'backlot suite judge /suite/suite.json --clone /suite/clone';
    return [
      {
        path: `${dir}/task.toml`,
        text: [
          'schema_version = "1.1"',
          '',
          '[task]',
          `name = ${toml(`backlot/${dir}`)}`,
          `description = ${toml(task.instruction)}`,
          'authors = []',
          `keywords = [${toml('web')}, ${toml(app)}]`,
          '',
          '[metadata]',
          `difficulty = ${toml(difficultyOf(task))}`,
          `workflow = ${toml(task.workflow)}`,
          '',
          '[verifier]',
          'timeout_sec = 60.0',
          '',
          '[agent]',
          `timeout_sec = ${(60 + 20 * task.maxSteps).toFixed(1)}`,
          '',
          '[environment]',
          'build_timeout_sec = 600.0',
          'cpus = 1',
          'memory_mb = 2048',
          'storage_mb = 4096',
          'allow_internet = false',
          '',
        ].join('\n'),
      },
      {
        path: `${dir}/instruction.md`,
        text: `${task.instruction}\n\nActions go as one JSON text a line to \`/logs/agent/actions.jsonl\`: {"kind", "target": {"role", "name", "nth"}, "value"}; the last line may be {"answer": "…"}, or {"gaveUp": true} where the task can’t be done. \`backlot serve /suite/clone\` shows the application.\n`,
      },
      {
        path: `${dir}/environment/Dockerfile`,
        text: 'FROM node:24-slim\nRUN npm install --global @backlot/cli\nCOPY clone /suite/clone\nCOPY suite.json /suite/suite.json\nWORKDIR /work\n',
      },
      {
        path: `${dir}/tests/test.sh`,
        text: `#!/bin/bash\nset -u\nmkdir -p /logs/verifier\n${judged} --task ${task.id} --actions /logs/agent/actions.jsonl > /logs/verifier/reward.txt || echo 0 > /logs/verifier/reward.txt\n`,
        executable: true,
      },
      { path: `${dir}/solution/actions.jsonl`, text: jsonLines([...task.oracle, ...lastLine(task)]) },
      {
        path: `${dir}/solution/solve.sh`,
        text: '#!/bin/bash\nset -eu\nmkdir -p /logs/agent\ncp "$(dirname "$0")/actions.jsonl" /logs/agent/actions.jsonl\n',
        executable: true,
      },
    ];
  });
};

function lastLine({ verifier: { answer } }: Task): readonly LastLine[] {
  if (answer === undefined) return [];
  const said = sayAnswer(answer);
  return [said === undefined ? { gaveUp: true } : { answer: said }];
}
