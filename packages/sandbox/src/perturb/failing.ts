import type { Expr, Page, Rule, World } from '@backlot/protocol';
import { element } from './templates.ts';

const failingRegister = 'backlot.failing';
const errorRoute = '/backlot-error';

/** The first change that is asked of the server is not carried out: a page says so, and nothing else happens. Null where none is ever asked. */
export function withFailure(world: World): World | null {
  const isChange = ({ on }: Rule): boolean => 'request' in on && on.request.method !== 'GET';
  if (!world.rules.some(isChange)) return null;
  const failing: Expr = { reg: failingRegister };
  const rules = world.rules.flatMap((rule): readonly Rule[] => (isChange(rule) ? [fails(rule, failing), rule] : [rule]));
  const registers = [...world.registers, { name: failingRegister, scope: 'tab' as const, initial: true }];
  return { ...world, registers, rules, pages: [...world.pages, errorPage(world)] };
}

function fails({ id, on, when }: Rule, failing: Expr): Rule {
  return {
    id: `backlot.fails ${id}`,
    on,
    when: when === undefined ? failing : { fn: 'and', args: [failing, when] },
    do: [{ set: failingRegister, to: { lit: false } }],
    then: { go: { lit: errorRoute } },
    evidence: [],
    certainty: 'certain',
    probability: 1,
  };
}

function errorPage({ start }: World): Page {
  const body = element(
    'body#error',
    {},
    element('h1#error-title', {}, { text: 'Something went wrong' }),
    element('p#error-text', {}, { text: 'The server could not do this. Nothing was changed: please try again.' }),
    element('a#error-back', { href: start }, { text: 'Start again' }),
  );
  const template = element('html#error-html', {}, element('head#error-head'), body);
  return { id: 'backlot.error', route: errorRoute, title: 'Something went wrong', template, evidence: [] };
}
