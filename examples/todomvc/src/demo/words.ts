import type { JudgedStep } from '@backlot/fidelity';
import type { Action } from '@backlot/protocol';

const verbs: Readonly<Record<Action['kind'], string>> = {
  goto: 'open',
  click: 'click',
  dblclick: 'double-click',
  fill: 'fill',
  select: 'choose',
  check: 'check',
  uncheck: 'uncheck',
  press: 'press',
  hover: 'point at',
  back: 'go back',
  forward: 'go forward',
  reload: 'reload',
  wait: 'wait',
};

/** An action as people say it: `press Enter in textbox “New”`. */
export function sayAction({ kind, target, value }: Action): string {
  const what =
    target === undefined
      ? ''
      : `${target.role}${target.name === '' ? '' : ` “${target.name}”`}${target.nth === 0 ? '' : ` no. ${target.nth + 1}`}`;
  if (kind === 'fill' || kind === 'select') return `${verbs[kind]} ${what} with “${value ?? ''}”`;
  if (kind === 'press') return `press ${value ?? ''}${what === '' ? '' : ` in ${what}`}`;
  return [verbs[kind], what, kind === 'goto' ? (value ?? '') : ''].filter((part) => part !== '').join(' ');
}

/** What the clone lacked and had too much. */
export function sayMiss({ refused, missing, extra }: Partial<Pick<JudgedStep, 'refused' | 'missing' | 'extra'>>): string {
  if (refused !== undefined) return refused;
  const say = (word: string, lines: readonly string[] = []): string =>
    lines.length === 0
      ? ''
      : `${word} ${lines
          .slice(0, 3)
          .map((line) => line.trim().replace(/^- /, ''))
          .join(', ')}${lines.length > 3 ? ' …' : ''}`;
  return [say('lacks', missing), say('has too much:', extra)].filter((part) => part !== '').join('; ') || 'the same lines in another order';
}
