import type { Effect, Expr, Rule, Then, Trigger } from '@backlot/protocol';
import { wordAddress } from './word-address.ts';
import type { Wording } from './word-expr.ts';
import { wordCondition, wordExpr, wordQuery } from './word-expr.ts';
import { literalOf } from './word-shapes.ts';

const cells = (exprs: Readonly<Record<string, Expr>>, wording: Wording): string =>
  Object.entries(exprs)
    .map(([name, expr]) => `${name} = ${wordExpr(expr, wording)}`)
    .join(', ');

/** True where only the row looked at is meant in which the event happened. */
function isOwnRow(where: Expr): boolean {
  const [one, other] = 'fn' in where && where.fn === 'eq' ? where.args : [];
  return (
    one !== undefined && 'col' in one && one.of === 'it' && other !== undefined && 'col' in other && one.col === 'id' && other.col === 'id'
  );
}

function wordRows(table: string, where: Expr, wording: Wording): string {
  if (isOwnRow(where)) return `the row of ${table} where it happened`;
  if (literalOf(where) === true) return `all rows of ${table}`;
  return `the rows of ${table} where ${wordCondition(where, { ...wording, row: 'it' })}`;
}

const wordAll = (effects: readonly Effect[], wording: Wording): string => effects.map((effect) => wordEffect(effect, wording)).join(' ');

/** A change of state in words. */
export function wordEffect(effect: Effect, wording: Wording): string {
  const say = (expr: Expr): string => wordExpr(expr, wording);
  if ('insert' in effect) return `Add a row to ${effect.insert} at the ${effect.at}: ${cells(effect.row, wording) || 'all as it begins'}.`;
  if ('update' in effect) {
    const set = cells(effect.set, { ...wording, row: 'it' });
    return `In ${wordRows(effect.update, effect.where, wording)}, set ${set}.`;
  }
  if ('delete' in effect) return `Delete ${wordRows(effect.delete, effect.where, wording)}.`;
  if ('forEach' in effect) {
    return `For each of the ${wordQuery(effect.forEach, wording)}: ${wordAll(effect.do, { ...wording, row: effect.forEach.as })}`;
  }
  if ('if' in effect) return `If ${wordCondition(effect.if, wording)}: ${wordAll(effect.do, wording)}`;
  if ('set' in effect) return `Set the register ${effect.set} to ${say(effect.to)}.`;
  if ('draft' in effect) {
    const field = wording.name(effect.draft);
    return effect.to === null ? `Put ${field} back to what the page says.` : `Put ${say(effect.to)} into ${field}.`;
  }
  if ('focus' in effect) return effect.focus === null ? 'Take the focus away.' : `Give ${wording.name(effect.focus)} the focus.`;
  if ('emit' in effect)
    return `Send ${effect.emit.method} ${say(effect.emit.url)} with ${cells(effect.emit.form, wording) || 'no fields'}.`;
  return `After ${effect.after} ms, the timer ${effect.timer} runs out.`;
}

const ways = {
  default: 'The browser goes on as it would.',
  stay: 'The page stays.',
  back: 'It leads back.',
  redirectBack: 'It leads back to where one was.',
} as const;

/** Where a rule leads, in words. */
export function wordThen(then: Then, wording: Wording): string {
  if (typeof then === 'string') return ways[then];
  if ('go' in then) return `It leads to ${wordExpr(then.go, wording)}${then.soft === true ? ', without loading a document' : ''}.`;
  const { type, message, accept, then: after } = then.dialog;
  const effects = wordAll(accept, wording) || 'Nothing changes.';
  return `A dialog (${type}) says ${wordExpr(message, wording)}. If accepted: ${effects} ${wordThen(after, wording)}`;
}

const happenings = {
  click: 'is clicked',
  dblclick: 'is double-clicked',
  input: 'is typed in',
  change: 'is changed',
  key: 'hears a key',
  hover: 'is pointed at',
  focus: 'gets the focus',
  blur: 'loses the focus',
  submit: 'is sent',
} as const;

/** What sets a rule off, in words. */
export function wordTrigger(on: Trigger, { name }: Wording): string {
  if ('ui' in on) {
    const what = on.ui.event === 'key' && on.ui.key !== undefined ? `hears the key ${on.ui.key}` : happenings[on.ui.event];
    return `When ${name(on.ui.anchor)} ${what}`;
  }
  if ('request' in on) return `When ${on.request.method} ${wordAddress(on.request)} is asked for`;
  return 'open' in on ? `When the page ${on.open} is opened` : `When the timer ${on.timer} runs out`;
}

/** A rule in words. */
export interface RuleWords {
  /** Trigger and guard. */
  readonly head: string;
  readonly does: readonly string[];
  readonly leads: string;
}

/** A whole rule in words: trigger and guard, what it does, where it leads. `trigger` may name the element more exactly. */
export function wordRule(rule: Rule, wording: Wording, trigger: Wording = wording): RuleWords {
  const guard = rule.when ? `, if ${wordCondition(rule.when, wording)}` : '';
  return {
    head: `${wordTrigger(rule.on, trigger)}${guard}:`,
    does: rule.do.map((effect) => wordEffect(effect, wording)),
    leads: wordThen(rule.then, wording),
  };
}
