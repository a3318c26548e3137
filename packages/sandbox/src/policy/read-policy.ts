import { readFile } from 'node:fs/promises';
import { policySchema, type Condition, type Policy } from '@backlot/protocol';
import { LineCounter, parseDocument, stringify } from 'yaml';
import { listOf } from './condition.ts';

/** Largest policy file, in bytes. */
const largest = 1_000_000;

/** A policy that can't be used: every message says in which line what is wrong. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/**
 * Reads a policy from YAML (1.2, plain data: no custom tags, no anchors that multiply). `file` stands in messages.
 * @throws PolicyError with the file, the lines and what is wrong there
 */
export function parsePolicy(text: string, file = 'policy'): Policy {
  if (text.length > largest) throw new PolicyError(`${file} is larger than ${largest} characters: no policy is.`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false, schema: 'core', customTags: [] });
  const [broken] = [...document.errors, ...document.warnings];
  if (broken !== undefined) throw new PolicyError(`${file}, line ${lines.linePos(broken.pos[0]).line}: ${broken.message}.`);
  const parsed = policySchema.safeParse(plain(document, file));
  if (!parsed.success) {
    const said = parsed.error.issues.slice(0, 5).map(({ path, message }) => {
      const node = document.getIn(path.slice(0, -1), true) as { range?: [number, number, number] } | undefined;
      const own = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
      const at = own?.range ?? node?.range;
      return `  line ${at ? lines.linePos(at[0]).line : 1}, ${path.join('.') || 'the whole'}: ${message}`;
    });
    const more = parsed.error.issues.length - said.length;
    throw new PolicyError([`${file} is no policy:`, ...said, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n'));
  }
  const problems = problemsOf(parsed.data);
  if (problems.length > 0) throw new PolicyError([`${file} is no policy:`, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  return parsed.data;
}

/** Reads a policy file. @throws PolicyError */
export async function readPolicy(file: string): Promise<Policy> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new PolicyError(`${file} can't be read: ${why}. Ready policies stand in sandboxes/policies.`, { cause });
  });
  return parsePolicy(text, file);
}

/** Writes a policy as YAML. */
export function policyText(policy: Policy): string {
  return stringify(policy, { lineWidth: 130 });
}

function plain(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new PolicyError(`${file}: ${(cause as Error).message}.`, { cause });
  }
}

/** What the schema can't see: names used twice, and names of rules that are not there. */
function problemsOf({ rules, tests = [] }: Policy): readonly string[] {
  const ids = rules.map(({ id }) => id);
  const twice = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))].map((id) => `two rules are named ${JSON.stringify(id)}`);
  const lost = rules.flatMap(({ id, when }) =>
    afterOf(when)
      .filter((other) => !ids.includes(other))
      .map((other) => `the rule ${JSON.stringify(id)} waits for ${JSON.stringify(other)}, and there is no such rule`),
  );
  const untested = tests
    .filter(({ by }) => by !== undefined && !ids.includes(by))
    .map(({ name, by }) => `the test ${JSON.stringify(name)} expects the rule ${JSON.stringify(by)}, and there is no such rule`);
  return [...twice, ...lost, ...untested];
}

function afterOf({ after, not, any = [], all = [] }: Condition): readonly string[] {
  const nested = [...any, ...all, ...(not === undefined ? [] : [not])].flatMap(afterOf);
  return [...(after === undefined ? [] : listOf(after)), ...nested];
}
