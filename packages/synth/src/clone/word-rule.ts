import type { Effect, Expr, Rule, Then, Trigger } from '@backlot/protocol';
import type { NameAnchor } from './word-expr.ts';
import { wordExpr, wordQuery } from './word-expr.ts';

const cells = (exprs: Readonly<Record<string, Expr>>, nameAnchor: NameAnchor): string =>
  Object.entries(exprs)
    .map(([name, expr]) => `${name} = ${wordExpr(expr, nameAnchor)}`)
    .join(', ');

/** A change of state in words. */
export function wordEffect(effect: Effect, nameAnchor: NameAnchor): string {
  const say = (expr: Expr): string => wordExpr(expr, nameAnchor);
  if ('insert' in effect) return `Add a row to ${effect.insert} at the ${effect.at}: ${cells(effect.row, nameAnchor)}.`;
  if ('update' in effect) return `In rows of ${effect.update} where ${say(effect.where)}, set ${cells(effect.set, nameAnchor)}.`;
  if ('delete' in effect) return `Delete rows of ${effect.delete} where ${say(effect.where)}.`;
  if ('forEach' in effect)
    return `For each of the ${wordQuery(effect.forEach, nameAnchor)}: ${effect.do.map((e) => wordEffect(e, nameAnchor)).join(' ')}`;
  if ('set' in effect) return `Set the register ${effect.set} to ${say(effect.to)}.`;
  if ('draft' in effect) {
    return effect.to === null
      ? `Put ${nameAnchor(effect.draft)} back to what the page says.`
      : `Put ${say(effect.to)} into ${nameAnchor(effect.draft)}.`;
  }
  if ('focus' in effect) return effect.focus === null ? 'Take the focus away.' : `Give ${nameAnchor(effect.focus)} the focus.`;
  if ('emit' in effect)
    return `Send ${effect.emit.method} ${say(effect.emit.url)} with ${cells(effect.emit.form, nameAnchor) || 'no fields'}.`;
  return `After ${effect.after} ms, the timer ${effect.timer} runs out.`;
}

const ways = {
  default: 'The browser goes on as it would.',
  stay: 'The page stays.',
  back: 'It leads back.',
  redirectBack: 'It leads back to where one was.',
} as const;

/** Where a rule leads, in words. */
export function wordThen(then: Then, nameAnchor: NameAnchor): string {
  if (typeof then === 'string') return ways[then];
  if ('go' in then) return `It leads to ${wordExpr(then.go, nameAnchor)}${then.soft === true ? ', without loading a document' : ''}.`;
  const { type, message, accept, then: after } = then.dialog;
  const effects = accept.map((effect) => wordEffect(effect, nameAnchor)).join(' ') || 'Nothing changes.';
  return `A dialog (${type}) says ${wordExpr(message, nameAnchor)}. If accepted: ${effects} ${wordThen(after, nameAnchor)}`;
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
export function wordTrigger(on: Trigger, nameAnchor: NameAnchor): string {
  if ('ui' in on) {
    const what = on.ui.event === 'key' && on.ui.key !== undefined ? `hears the key ${on.ui.key}` : happenings[on.ui.event];
    return `When ${nameAnchor(on.ui.anchor)} ${what}`;
  }
  if ('request' in on) {
    const query = Object.entries(on.request.query ?? {}).map(([name, value]) => (value === null ? name : `${name}=${value}`));
    return `When ${on.request.method} ${on.request.route}${query.length > 0 ? `?${query.join('&')}` : ''} is asked for`;
  }
  return 'open' in on ? `When the page ${on.open} is opened` : `When the timer ${on.timer} runs out`;
}

/** A whole rule in words: trigger and guard, what it does, where it leads. */
export function wordRule(
  rule: Rule,
  nameAnchor: NameAnchor,
): { readonly head: string; readonly does: readonly string[]; readonly leads: string } {
  const guard = rule.when ? `, if ${wordExpr(rule.when, nameAnchor)}` : '';
  return {
    head: `${wordTrigger(rule.on, nameAnchor)}${guard}:`,
    does: rule.do.map((effect) => wordEffect(effect, nameAnchor)),
    leads: wordThen(rule.then, nameAnchor),
  };
}
