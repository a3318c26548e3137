import type { Expr } from '@backlot/protocol';
import { findAll, toText } from '@backlot/world';
import { commonest } from '../explain/commonest.ts';
import { knownValue } from '../explain/known-values.ts';
import { formAround } from '../node-path.ts';
import type { Acted } from './length-tests.ts';

/** True for the attributes of a field that hides what is typed. */
export const isPassword = (attrs: Readonly<Record<string, string>>): boolean => attrs['type'] === 'password';

/** Names of the password fields of the form that an occasion sends. */
export function passwordFields({ of: { before, step } }: Pick<Acted, 'of'>): readonly string[] {
  const form = formAround(before.view.root, step.node);
  const fields = form ? findAll(form, ({ tag, attrs }) => tag === 'input' && isPassword(attrs)) : [];
  return fields.flatMap(({ attrs }) => attrs['name'] ?? []);
}

/** True for a field of the page that hides what is typed. */
function hides(term: Expr, { of: { before } }: Acted): boolean {
  if (!('field' in term)) return false;
  const { page } = before;
  const nodes = page.pattern.elements.get(page.shared.own.get(term.field) ?? term.field)?.nodes.values();
  return isPassword(nodes?.next().value?.attrs ?? {});
}

/** Times that an account must have given the same password for it to be the account's. */
const fewestTimes = 2;

/** Conditions on whether what is typed into a field that hides it is what one of the accounts usually gives: its password. */
export function passwordTests(occasions: readonly Acted[], inputs: readonly Expr[]): readonly Expr[] {
  const [first] = occasions;
  if (!first) return [];
  const names = new Set(passwordFields(first));
  const terms = inputs.filter((term) => ('arg' in term && names.has(term.arg)) || hides(term, first));
  return terms.flatMap((term): Expr[] => {
    const accounts = Map.groupBy(occasions, ({ scope }) => scope.state.account);
    const usual = [...accounts.values()].flatMap((mine) => {
      const given = mine.map(({ scope }) => toText(knownValue(term, scope))).filter((text) => text !== '');
      const most = commonest(given);
      return given.filter((text) => text === most).length >= fewestTimes ? [most] : [];
    });
    const known = [...new Set(usual)].sort();
    return known.length > 0 ? [{ fn: 'hasItem', args: [{ lit: known }, term] }] : [];
  });
}
