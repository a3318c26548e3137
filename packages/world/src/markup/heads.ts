import type { InlineRule } from '@backlot/protocol';

/** Rules by the sign that they begin with, and those that begin with a capture. */
export interface Heads {
  readonly bySign: ReadonlyMap<string, readonly number[]>;
  readonly open: readonly number[];
}

const headsOf = new WeakMap<readonly InlineRule[], Heads>();

/** What a rule begins with; empty where that is a capture. */
export function headOf(rule: InlineRule): string {
  if (rule.inline === 'span') return rule.open;
  if (rule.inline === 'literal') return rule.text;
  if (rule.inline === 'escape') return rule.mark;
  const [first] = rule.parts;
  return typeof first === 'string' ? first : '';
}

/** The rules by their first signs; worked out once for a row of rules. */
export function heads(rules: readonly InlineRule[]): Heads {
  const known = headsOf.get(rules);
  if (known !== undefined) return known;
  const signs = new Set(rules.map((rule) => headOf(rule).slice(0, 1)).filter((sign) => sign !== ''));
  const open = rules.flatMap((rule, i) => (headOf(rule) === '' ? [i] : []));
  const fits = (rule: InlineRule, sign: string): boolean => headOf(rule) === '' || headOf(rule).startsWith(sign);
  const bySign = new Map([...signs].map((sign) => [sign, rules.flatMap((rule, i) => (fits(rule, sign) ? [i] : []))]));
  const made = { bySign, open };
  headsOf.set(rules, made);
  return made;
}
