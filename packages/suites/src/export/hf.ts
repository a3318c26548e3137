import { appOf, jsonLines, type SuiteExport } from './files.ts';
import { datasheetText } from '../datasheet.ts';

/** A dataset as the Hugging Face hub lays it out: card with its tags, rows, and \`environment.yaml\` (hf-env-0.1). */
export const exportHuggingFace: SuiteExport = ({ suite }) => {
  const app = appOf(suite);
  const rows = suite.tasks.map((task) => ({
    question: task.instruction,
    answer: JSON.stringify(task.verifier),
    task_id: task.id,
    info: {
      account: task.account,
      workflow: task.workflow,
      setup: task.setup,
      oracle: task.oracle,
      max_turns: task.maxSteps,
      world: suite.worldHash,
    },
  }));
  const card = [
    '---',
    'license: other',
    'tags:',
    '- rl-environment',
    '- backlot',
    'configs:',
    '- config_name: default',
    '  data_files:',
    '  - split: test',
    '    path: data/test.jsonl',
    '---',
    '',
  ].join('\n');
  const environment = [
    'spec_version: hf-env-0.1',
    'environments:',
    `- id: ${app}`,
    `  title: ${JSON.stringify(suite.name)}`,
    '  config_name: default',
    '  splits: [test]',
    '  frameworks:',
    '    openenv:',
    '      manifest: openenv.yaml',
    '      mode: container',
    '      image: backlot/runner',
    '',
  ].join('\n');
  return [
    { path: 'README.md', text: `${card}\n${datasheetText(suite)}` },
    { path: 'data/test.jsonl', text: jsonLines(rows) },
    { path: 'environment.yaml', text: environment },
  ];
};
