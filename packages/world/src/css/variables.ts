import { SelectorReader } from './selector-reader.ts';
import { own } from '../own.ts';

type Variables = Readonly<Record<string, string>>;

/** Replaces `var(…)` by the variables' values or their fallbacks; undefined where one is missing or circular. */
export function substituteVariables(value: string, vars: Variables | null): string | undefined {
  return value.includes('var(') ? substitute(value, vars ?? {}, 0) : value;
}

function substitute(value: string, vars: Variables, depth: number): string | undefined {
  const start = value.indexOf('var(');
  if (start === -1) return value;
  if (depth > 20) return undefined;
  const reader = new SelectorReader(value.slice(start + 4));
  const argument = reader.until(')');
  const rest = value.slice(start + 4 + reader.at + 1);
  const comma = argument.indexOf(',');
  const name = (comma === -1 ? argument : argument.slice(0, comma)).trim();
  const chosen = own(vars, name) ?? (comma === -1 ? undefined : argument.slice(comma + 1));
  return chosen === undefined ? undefined : substitute(`${value.slice(0, start)}${chosen.trim()}${rest}`, vars, depth + 1);
}
