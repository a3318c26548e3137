import type { Action } from '@backlot/protocol';

/** A text as a Python literal: JSON's escapes are Python's too. */
const pythonText = (text: string): string => JSON.stringify(text);

/** One action as a line of Playwright for Python on `page`; `base` names the variable with the clone's address. */
export function pythonAction({ kind, target, value = '', dialog }: Action, base = 'base'): readonly string[] {
  const at = target === undefined ? 'page.keyboard' : locatorOf(target);
  const answer =
    dialog === undefined
      ? []
      : [
          `page.once("dialog", lambda d: d.${dialog.accepted ? 'accept' : 'dismiss'}(${dialog.accepted && dialog.text !== undefined ? pythonText(dialog.text) : ''}))`,
        ];
  return [...answer, lineOf({ kind, at, value, base })];
}

function locatorOf({ role, name, nth }: NonNullable<Action['target']>): string {
  const found =
    role === 'generic'
      ? `page.get_by_text(${pythonText(name)}, exact=True)`
      : `page.get_by_role(${pythonText(role)}, name=${pythonText(name)}, exact=True)`;
  return `${found}.nth(${nth})`;
}

function lineOf({ kind, at, value, base }: { kind: Action['kind']; at: string; value: string; base: string }): string {
  switch (kind) {
    case 'goto':
      return `page.goto(${base} + ${pythonText(value)})`;
    case 'back':
      return 'page.go_back()';
    case 'forward':
      return 'page.go_forward()';
    case 'reload':
      return 'page.reload()';
    case 'wait':
      return `page.wait_for_timeout(${Number(value) || 1000})`;
    case 'fill':
      return `${at}.fill(${pythonText(value)})`;
    case 'select':
      return `${at}.select_option(label=${pythonText(value)})`;
    case 'press':
      return `${at}.press(${pythonText(value)})`;
    case 'click':
    case 'dblclick':
    case 'check':
    case 'uncheck':
    case 'hover':
      return `${at}.${kind}()`;
  }
}
