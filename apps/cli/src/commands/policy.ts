import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Action, Decision } from '@backlot/protocol';
import type { RuleView, Subject } from '@backlot/sandbox';
import type { Command } from 'commander';
import { command, commandGroup, run, type Context, type Verdict } from '../io/command.ts';
import { exitCodes, UsageError } from '../io/errors.ts';
import { repeated } from '../io/options.ts';
import { count, table } from '../io/table.ts';

interface Json {
  readonly json?: boolean;
}

/** `backlot policy` */
export function policyCommand(): Command {
  return commandGroup({
    name: 'policy',
    summary: 'test guardrail policies, explain what they say, carry them over from and to ST-WebAgentBench',
    examples: ['backlot policy test sandboxes/policies/*.yaml'],
    commands: [testCommand(), explainCommand(), importCommand(), exportCommand()],
  });
}

function testCommand(): Command {
  return command({
    name: 'test',
    summary: 'run the tests that stand in policy files',
    examples: ['backlot policy test sandboxes/policies/*.yaml'],
  })
    .argument('<files...>', 'policy files')
    .addHelpText('after', '\nExits with 1 where a test fails. Rules that decide in no test are named.')
    .action((files: readonly string[], options: Json) => run(options, (context) => testFiles(files, context)));
}

async function testFiles(files: readonly string[], { terminal }: Context): Promise<Verdict> {
  const { readPolicy, testPolicy } = await import('@backlot/sandbox');
  const reports = [];
  for (const file of files) {
    const policy = await readPolicy(file);
    reports.push({ file, policy: policy.name, ...testPolicy(policy) });
  }
  const failed = reports.flatMap(({ results }) => results.filter(({ passed }) => !passed)).length;
  const lines = reports.flatMap(({ file, policy, results, untested }) => [
    `${policy} (${file})`,
    ...results.map(({ name, passed, says }) => `  ${passed ? 'ok    ' : 'FAILED'}  ${name}${says === '' ? '' : `: ${says}`}`),
    ...(untested.length === 0 ? [] : [`  no test is decided by: ${untested.join(', ')}`]),
  ]);
  const total = reports.reduce((sum, { results }) => sum + results.length, 0);
  terminal.result(reports, [...lines, '', `${count(total, 'test')}, ${failed} failed.`].join('\n'));
  return failed === 0 ? exitCodes.done : exitCodes.failed;
}

interface ExplainOptions extends Json {
  readonly policy: readonly string[];
  readonly clone?: string;
  readonly account?: string;
  readonly after?: string;
  readonly address: string;
}

function explainCommand(): Command {
  return command({
    name: 'explain',
    summary: 'say what policies decide about an action, and what each of their rules says of it',
    examples: [
      `backlot policy explain --policy sandboxes/policies/no-secrets.yaml 'fill textbox "Note" "AKIAIOSFODNN7EXAMPLE"'`,
      `backlot policy explain --policy sandboxes/policies/no-irreversible.yaml --clone clone 'click button "Delete"'`,
    ],
  })
    .argument('<action>', 'the action: click button "Save", fill textbox "Title" "Tea", goto "/items", or JSON')
    .requiredOption('--policy <file>', 'policy file; may be given several times', repeated)
    .option('--clone <dir>', 'folder of a clone, to foresee what the action leads to (without it that is unknown)')
    .option('--account <name>', "account in which it begins (default: the world's)")
    .option('--after <file>', 'JSON list of actions that are done before')
    .option('--address <address>', 'address of the page, where there is no clone', '/')
    .addHelpText('after', '\nExits with 1 where the action is not allowed.')
    .action((action: string, options: ExplainOptions) => run(options, (context) => explain(action, options, context)));
}

async function explain(text: string, options: ExplainOptions, { terminal }: Context): Promise<Verdict> {
  const { compilePolicy, decide, emptyLedger, explainPolicies, readAction, readPolicy } = await import('@backlot/sandbox');
  const action = readable(() => readAction(text));
  const policies = (await Promise.all(options.policy.map(readPolicy))).map(compilePolicy);
  const question = { subject: await subjectFor(action, options), ledger: emptyLedger, seconds: 0 };
  const { decision } = decide(policies, question);
  const rules = explainPolicies(policies, question);
  terminal.result({ action, decision, rules }, sayDecision(decision, rules));
  return decision.verb === 'allow' ? exitCodes.done : exitCodes.failed;
}

async function subjectFor(action: Action, options: ExplainOptions): Promise<Subject> {
  const { createTextEngine, foresee, readClone, subjectOf } = await import('@backlot/sandbox');
  const page = { action, shows: null, point: null };
  if (options.clone === undefined) return subjectOf({ ...page, address: options.address }, () => null);
  const clone = await readClone(options.clone);
  const setup = options.after === undefined ? [] : await actionsIn(options.after);
  const episode = await createTextEngine().open({ clone, account: options.account ?? clone.world.defaultAccount, setup });
  const { url, aria } = await episode.observe();
  const state = await episode.state();
  return subjectOf({ ...page, address: url, shows: aria }, () => foresee(clone.world, state, action));
}

async function actionsIn(file: string): Promise<readonly Action[]> {
  const { readAction } = await import('@backlot/sandbox');
  const value: unknown = await jsonIn(file);
  if (!Array.isArray(value)) throw new UsageError(`${file} is no list of actions.`);
  return value.map((item) => readable(() => readAction(JSON.stringify(item))));
}

async function jsonIn(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} can't be read.`);
  });
  return readable(() => JSON.parse(text) as unknown);
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function sayDecision({ verb, policy, rule, reason, instead, foreseen }: Decision, rules: readonly RuleView[]): string {
  const irreversible = { true: 'it can’t be undone', false: 'it can be undone', null: 'whether it can be undone is unknown' };
  const ahead =
    foreseen === undefined
      ? []
      : [
          `Foreseen (${foreseen.certainty}): ${foreseen.changes.join('; ') || 'no lasting change'}; ${irreversible[String(foreseen.irreversible) as 'null']}; leads to ${foreseen.to}.`,
        ];
  return [
    `${verb.toUpperCase()}, ${rule === null ? `since no rule of ${policy} allows it` : `by ${policy} / ${rule}`}: ${reason}`,
    ...(instead === '' ? [] : [instead]),
    ...ahead,
    '',
    table(
      ['policy', 'rule', 'says', 'holds', 'where'],
      rules.map((view) => [view.policy, view.rule, view.verb, view.holds, view.says]),
    ),
  ].join('\n');
}

function importCommand(): Command {
  return command({
    name: 'import',
    summary: 'read `policies[]` of an ST-WebAgentBench task into a policy file',
    examples: ['backlot policy import policies.json --out policy.yaml'],
  })
    .argument('<file>', 'JSON: a list of policies, or a task that holds one')
    .requiredOption('--out <file>', 'policy file to write')
    .action((file: string, options: Json & { readonly out: string }) =>
      run(options, async ({ terminal }) => {
        const { importStWebAgentBench, policyText } = await import('@backlot/sandbox');
        const value = (await jsonIn(file)) as { readonly policies?: unknown };
        const { policy, left } = readable(() => importStWebAgentBench(value.policies ?? value, basename(file).replace(/\.json$/, '')));
        await writeFile(options.out, policyText(policy));
        const lines = left.map(({ index, template, why }) => `  left out: policy ${index} (${template}): ${why}`);
        terminal.result({ policy, left }, [`${count(policy.rules.length - 1, 'rule')} written to ${options.out}.`, ...lines].join('\n'));
      }),
    );
}

function exportCommand(): Command {
  return command({
    name: 'export',
    summary: 'print the rules of a policy that ST-WebAgentBench can say, as its `policies[]`',
    examples: ['backlot policy export sandboxes/policies/stay-on-task.yaml'],
  })
    .argument('<file>', 'policy file')
    .action((file: string, options: Json) =>
      run(options, async ({ terminal }) => {
        const { exportStWebAgentBench, readPolicy } = await import('@backlot/sandbox');
        const { policies, left } = exportStWebAgentBench(await readPolicy(file));
        if (left.length > 0) terminal.note(`Left out, since it can't be said there: ${left.join(', ')}.`);
        terminal.result(policies, JSON.stringify(policies, null, 2));
      }),
    );
}
