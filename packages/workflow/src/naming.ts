import type { Action } from '@backlot/protocol';

/** What is known of a workflow when it is named. */
export interface Named {
  readonly effect: readonly string[];
  /** Whether it ends at another address than it began. */
  readonly moves: boolean;
  /** The actions of its most common example. */
  readonly actions: readonly Action[];
}

/** Roles of what people use; a click on anything else only leaves a field. */
export const usableRoles: ReadonlySet<string> = new Set([
  'button',
  'link',
  'checkbox',
  'radio',
  'switch',
  'tab',
  'option',
  'treeitem',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
]);

const boxRoles = new Set(['checkbox', 'switch', 'menuitemcheckbox']);

/** The verb for a piece of work, by what it changes and by the action that ends it. */
export function verbOf({ effect, moves, actions }: Named): string {
  const kinds = new Set(effect.map((term) => term.split(' ')[0]));
  if (kinds.size === 0) return moves ? 'open' : 'look at';
  if (kinds.size > 1) return 'use';
  if (kinds.has('insert')) return 'add';
  if (kinds.has('delete')) return 'delete';
  if (kinds.has('register')) return 'set';
  return boxVerb(effect, actions.at(-1)) ?? 'change';
}

/** Boxes are checked and unchecked, whether the log tells of a check or of a click. */
function boxVerb(effect: readonly string[], action: Action | undefined): 'check' | 'uncheck' | null {
  if (action?.kind === 'check' || action?.kind === 'uncheck') return action.kind;
  if (action?.kind !== 'click' || !boxRoles.has(action.target?.role ?? '')) return null;
  return effect.every((term) => term.includes('=true')) ? 'check' : effect.every((term) => term.includes('=false')) ? 'uncheck' : null;
}

/** A name in the interface's own words: a verb, and the fields that are filled in or the element that is used. */
export function nameWorkflow(named: Named): string {
  const fields = named.actions.filter((action) => action.kind === 'fill' || action.kind === 'select').map(labelOf);
  const control = named.actions
    .filter(({ target }) => usableRoles.has(target?.role ?? ''))
    .map(labelOf)
    .findLast((label) => label !== '');
  const words = fields.filter((label) => label !== '');
  const said = words.length > 0 ? [...new Set(words)] : control === undefined ? [] : [control];
  const address = named.actions.findLast((action) => action.kind === 'goto')?.value;
  if (said.length === 0) return [verbOf(named), address ?? lastRole(named.actions)].join(' ').trim();
  return `${verbOf(named)} ${said.map((label) => `“${label}”`).join(', ')}`;
}

const labelOf = (action: Action): string => action.target?.name.trim() ?? '';

function lastRole(actions: readonly Action[]): string {
  const role = actions.at(-1)?.target?.role ?? '';
  return role === 'generic' ? '' : role;
}
