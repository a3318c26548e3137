import type { StyleRule } from '@backlot/protocol';

const valueKeys = ['display', 'visibility', 'position', 'float', 'content', 'contentVisibility'] as const;

/** Leaves only custom properties that some value needs, and only rules that still say something. */
export function keepUsedVariables(rules: readonly StyleRule[]): readonly StyleRule[] {
  const used = usedVariables(rules);
  return rules
    .map((rule) => withVariables(rule, used))
    .filter((rule) => rule.vars !== undefined || valueKeys.some((key) => rule[key] !== undefined));
}

function withVariables(rule: StyleRule, used: ReadonlySet<string>): StyleRule {
  const { vars, ...rest } = rule;
  const kept = Object.entries(vars ?? {}).filter(([name]) => used.has(name));
  return kept.length === 0 ? rest : { ...rest, vars: Object.fromEntries(kept) };
}

/** Names in the values, and in the variables that these use, until nothing new turns up. */
function usedVariables(rules: readonly StyleRule[]): ReadonlySet<string> {
  const used = new Set(rules.flatMap((rule) => valueKeys.flatMap((key) => namesIn(rule[key] ?? ''))));
  for (let size = -1; size !== used.size;) {
    size = used.size;
    for (const { vars } of rules) {
      for (const [name, value] of Object.entries(vars ?? {})) {
        if (used.has(name)) for (const inner of namesIn(value)) used.add(inner);
      }
    }
  }
  return used;
}

function namesIn(value: string): readonly string[] {
  if (!value.includes('var(')) return [];
  return [...value.matchAll(/var\(\s*(--[^\s,)]+)/g)].map((match) => match[1] ?? '');
}
