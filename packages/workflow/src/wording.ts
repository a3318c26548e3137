import type { World } from '@backlot/protocol';
import { textOf } from '@backlot/world';
import { recordOf, recordTable } from './abstract.ts';
import { eligibleRecords } from './eligible.ts';
import type { Grounded, GroundedStep } from './ground.ts';
import type { Workflow } from './model-schema.ts';
import { usableRoles, verbOf } from './naming.ts';
import { labelRecord } from './record-label.ts';

const quote = (text: string): string => `“${text}”`;
const longestName = 60;

/** The accessible name; for an element without a role, which has none, its own text. */
function nameOf({ action, element }: GroundedStep): string {
  const name = action.target?.name.trim() ?? '';
  if (name !== '' || action.target?.role !== 'generic' || !element) return name;
  const text = textOf(element).trim().replace(/\s+/g, ' ');
  return text.length <= longestName ? text : '';
}

/** The name of the control that ends the work; empty where it ends with a key, a text, or a click beside a field that was filled. */
function controlOf(steps: readonly GroundedStep[]): string {
  const last = steps.at(-1) as GroundedStep;
  const { kind, target } = last.action;
  if (kind === 'press' || kind === 'fill' || kind === 'select') return '';
  const isBeside = steps.some(({ action }) => action.kind === 'fill') && !usableRoles.has(target?.role ?? '');
  return isBeside ? '' : nameOf(last);
}

/**
 * A task in words: a verb, the record as the page calls it, the fields by their names with the text they are to get, and the control
 * that ends the work. Null where the interface has no words for something that the task depends on.
 */
export function wordTask(world: World, workflow: Workflow, grounded: Grounded): string | null {
  const steps = grounded.steps;
  const record = wordRecord(world, steps);
  if (record === null) return null;
  const fields = steps.filter(({ action }) => action.kind === 'fill' || action.kind === 'select').map(wordField);
  const last = steps.at(-1) as GroundedStep;
  const verb = verbOf({ effect: workflow.effect, moves: true, actions: steps.map(({ action }) => action) });
  const control = controlOf(steps);
  const boxes = steps.slice(0, -1).flatMap(wordBox);
  const ending = last.action.dialog ? (last.action.dialog.accepted ? ' and confirm' : ' and decline') : '';
  const said = sentence({ verb, record, sets: [...fields, ...boxes], control });
  return said && `${said}${ending}.`;
}

interface Parts {
  readonly verb: string;
  /** Empty where no record is acted on. */
  readonly record: string;
  readonly sets: readonly string[];
  readonly control: string;
}

function sentence(parts: Parts): string | null {
  if (parts.sets.length > 0) return setting(parts);
  if (parts.verb === 'check' || parts.verb === 'uncheck') return checking(parts);
  const { verb, record, control } = parts;
  if (verb === 'delete' && record !== '') return `Delete ${record}${control === '' ? '' : ` with ${quote(control)}`}`;
  if (control === '') return null;
  if (verb === 'open') return `Open ${quote(control)}${record === '' || record === quote(control) ? '' : ` of ${record}`}`;
  return `Use ${quote(control)}${record === '' ? '' : ` on ${record}`}`;
}

function setting({ verb, record, sets, control }: Parts): string {
  const text = `${sets.join(', ')}${control === '' ? '' : `, then use ${quote(control)}`}`;
  if (verb === 'add') return `Add a new entry${record === '' ? '' : ` at ${record}`}: ${text}`;
  if (record === '') return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return `${verb === 'delete' ? 'Delete' : verb === 'change' ? 'Change' : 'At'} ${record}: ${text}`;
}

function checking({ record, control, verb }: Parts): string | null {
  if (record === '' && control === '') return null;
  return `${verb === 'check' ? 'Check' : 'Uncheck'} ${[control && quote(control), record].filter(Boolean).join(' of ')}`;
}

function wordField(step: GroundedStep): string {
  const { kind, value = '', target } = step.action;
  const name = nameOf(step) === '' ? `the ${target?.role === 'generic' ? 'field' : (target?.role ?? 'field')}` : quote(nameOf(step));
  if (kind === 'select') return `choose ${quote(value)} in ${name}`;
  return value === '' ? `clear ${name}` : `set ${name} to ${quote(value)}`;
}

function wordBox(step: GroundedStep): readonly string[] {
  const { kind } = step.action;
  return kind === 'check' || kind === 'uncheck' ? [`${kind} ${quote(nameOf(step))}`] : [];
}

/** The records acted on, as the page calls them when they are first met; empty text where there are none, null where one has no name. */
function wordRecord(world: World, steps: readonly GroundedStep[]): string | null {
  const named = new Map<string, string>();
  for (const { abstract, element, before } of steps) {
    if (abstract.slot === null || element?.key === undefined || abstract.page === null || abstract.anchor === null) continue;
    const record = recordOf(element.key);
    if (named.has(record)) continue;
    const peers = eligibleRecords(world, before, { ...abstract, kind: 'click' });
    const label = labelRecord(world, before, { record, peers, table: recordTable(world, abstract.page, abstract.anchor) });
    if (label === null) return null;
    named.set(record, quote(label));
  }
  return [...named.values()].join(' and ');
}
