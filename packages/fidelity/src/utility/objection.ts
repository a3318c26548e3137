import type { Action, Row, State, World } from '@backlot/protocol';
import { foresee, type Foresight, type ForeseenChange } from '@backlot/sandbox';
import { currentUrl, observe } from '@backlot/world';

/** An action that is to be verified before it is carried out, and what it is for. */
export interface Proposal {
  readonly state: State;
  readonly action: Action;
  readonly instruction: string;
}

/** Shorter cells say too little to name a record. */
const leastName = 3;

/**
 * What a world has against an action, in words: that it would lead nowhere, or would touch records other than those that the instruction
 * names. Null where it has nothing against it, and where it is not certain what the action leads to: what a world does not know it does
 * not forbid. Pure; nothing of a task but its words is looked at.
 */
export function objectionTo(world: World, { state, action, instruction }: Proposal): string | null {
  if (action.kind === 'wait') return null;
  const foresight = foresee(world, state, action);
  if (foresight === null || foresight.certainty !== 'certain') return null;
  if (leadsNowhere(world, state, foresight)) return 'It would change nothing.';
  const stray = foresight.changes.find((change) => isStray(state, change, { action, instruction }));
  return stray === undefined ? null : `It ${stray.says}, which is not asked for.`;
}

function leadsNowhere(world: World, state: State, { changes, to, leaves, shown }: Foresight): boolean {
  return changes.length === 0 && !leaves && to === currentUrl(state) && shown() === observe(world, state).aria;
}

/**
 * A record is touched that is not meant: where the instruction names records of the table, those are meant; where it names none, records
 * may go only by a control that it names.
 */
function isStray(state: State, change: ForeseenChange, { action, instruction }: Pick<Proposal, 'action' | 'instruction'>): boolean {
  if (change.how !== 'deleted' && change.how !== 'updated') return false;
  const rows = state.tables[change.table] ?? [];
  const meant = rows.filter((row) => isNamed(row, instruction));
  if (meant.length > 0) return !meant.some(({ id }) => id === change.record);
  const control = action.target?.name.trim() ?? '';
  return change.how === 'deleted' && (control === '' || !instruction.includes(control));
}

const isNamed = (row: Row, instruction: string): boolean =>
  Object.entries(row).some(
    ([column, cell]) => column !== 'id' && typeof cell === 'string' && cell.trim().length >= leastName && instruction.includes(cell.trim()),
  );
