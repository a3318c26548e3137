import type { Action, Target } from '@backlot/protocol';

/** An action in one line, for messages: `click button "Save"`. */
export function sayAction(action: Action): string {
  const target = action.target
    ? ` ${action.target.role} ${JSON.stringify(action.target.name)}${action.target.nth > 0 ? ` #${action.target.nth + 1}` : ''}`
    : '';
  return `${action.kind}${target}${action.value === undefined ? '' : ` ${JSON.stringify(action.value)}`}`;
}

/** Words for a target that the page does not have. */
export function noSuchElement({ role, name, nth }: Target): string {
  return `The page shows no ${role} ${JSON.stringify(name)}${nth > 0 ? ` number ${nth + 1}` : ''}.`;
}

/** Words for a target that cannot be pointed at. */
export function hiddenElement({ role, name }: Target): string {
  return `The ${role} ${JSON.stringify(name)} is hidden.`;
}
