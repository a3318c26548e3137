import type { Action, Task, Verifier } from '@backlot/protocol';

const quote = (text: string): string => `“${text}”`;

/** Every step of a solution in words, numbered; and the question, where there is one. */
export function sayStepByStep({ oracle, instruction, verifier: { answer } }: Pick<Task, 'oracle' | 'instruction' | 'verifier'>): string {
  const steps = oracle.map((action, i) => `${i + 1}. ${sayAction(action)}.`).join(' ');
  const question = answer === undefined ? '' : (instruction.match(/[^.]*\?[^?]*$/)?.[0] ?? '');
  return `${steps}${question}`;
}

function sayAction({ kind, target, value = '', dialog }: Action): string {
  const at = sayPlace(target);
  const said: Readonly<Record<Action['kind'], string>> = {
    goto: `Go to ${value}`,
    back: 'Go back',
    forward: 'Go forward',
    reload: 'Reload the page',
    wait: `Wait ${value} ms`,
    fill: value === '' ? `Clear ${at}` : `Type ${quote(value)} into ${at}`,
    select: `Choose ${quote(value)} in ${at}`,
    press: at === '' ? `Press ${value}` : `Press ${value} in ${at}`,
    hover: `Point at ${at}`,
    dblclick: `Double-click ${at}`,
    click: `Click ${at}`,
    check: `Check ${at}`,
    uncheck: `Uncheck ${at}`,
  };
  return `${said[kind]}${sayAnswer(dialog)}`;
}

function sayPlace(target: Action['target']): string {
  if (!target) return '';
  const name = target.name === '' ? '' : ` ${quote(target.name)}`;
  return `the ${target.role === 'generic' ? 'element' : target.role}${name}${target.nth === 0 ? '' : ` (number ${target.nth + 1})`}`;
}

function sayAnswer(dialog: Action['dialog']): string {
  if (!dialog) return '';
  return dialog.accepted ? ' and confirm' : ' and decline';
}

/**
 * How things should be, without saying what to do: what is missing, no longer wanted, or not as it should be, by the texts that the
 * instruction names. Hidden names (tables, ids, columns) never show.
 */
export function saySituation(
  { goals }: Verifier,
  { instruction, oracle }: { readonly instruction: string; readonly oracle: readonly Action[] },
): string {
  const named = [...instruction.matchAll(/“([^”]*)”/g)].map(([, text]) => text as string);
  const typed = oracle.filter(({ kind, value }) => (kind === 'fill' || kind === 'select') && value).map(({ value }) => value as string);
  const controls = new Set(oracle.flatMap(({ target }) => (target ? [target.name] : [])));
  const records = named.filter((text) => !typed.includes(text) && !controls.has(text));
  const about = [...new Set(records)].map(quote).join(' and ');
  const texts = [...new Set(typed)].map(quote).join(', ');
  if (goals.some(({ kind }) => kind === 'inserted') && texts !== '') return `Something is not there yet: ${texts}. See to it that it is.`;
  if (goals.some(({ kind }) => kind === 'deleted') && about !== '') return `${about} should no longer be there.`;
  if (goals.some(({ kind }) => kind === 'updated') && about !== '')
    return texts === '' ? `${about} is not as it should be: ${lower(instruction)}` : `${about} should say ${texts}.`;
  return sayOutcome(instruction);
}

/** The goal as a state of things. */
export const sayOutcome = (instruction: string): string => `See to it that this is so in the end: ${lower(instruction)}`;

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
