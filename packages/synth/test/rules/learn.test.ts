import type { Rule, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { replaySteps } from '../../src/gates/index.ts';
import { synthesise } from '../../src/synthesise.ts';
import { roster, rosterVisit } from '../fixtures/roster.ts';
import { logsOf, record } from '../fixtures/visitor.ts';

const visits = (from: number, count: number): readonly ReturnType<typeof rosterVisit>[] =>
  Array.from({ length: count }, (_, i) => rosterVisit(from + i, 16));

const training = record(roster, visits(1, 12));
const { world } = synthesise(logsOf(training), { styles: [], css: [] });
const self = {
  fn: 'eq',
  args: [
    { col: 'id', of: 'it' },
    { col: 'id', of: 'rt0' },
  ],
};

/** Rules of the element whose template has that class. */
function rulesAt(className: string, { pages, rules }: World = world): readonly Rule[] {
  const text = JSON.stringify(pages);
  const anchor = new RegExp(`"anchor":"(\\w+)","attrs":\\{[^{}]*"class":"${className}"`).exec(text)?.[1];
  if (anchor === undefined) throw new Error(`The template has no class ${className}.`);
  return rules.filter(({ on }) => 'ui' in on && on.ui.anchor === anchor);
}

/** Event and key that a rule waits for. */
const eventOf = ({ on }: Rule): string => ('ui' in on ? `${on.ui.event} ${on.ui.key ?? ''}`.trim() : '');

describe('rules of a roster', () => {
  it('replay sessions with names that were never seen', () => {
    const heldOut = record(roster, visits(101, 8));
    const steps = heldOut.reduce((sum, session) => sum + session.steps.length, 0);
    expect(replaySteps(world, heldOut)).toEqual({ steps, accepted: steps, exact: steps, firstMisses: [] });
  });

  it('turn over a switch of the acted record', () => {
    expect(rulesAt('leave').map((rule) => rule.do)).toEqual([
      [{ update: 't0', where: self, set: { c1: { fn: 'not', args: [{ col: 'c1', of: 'it' }] } } }],
    ]);
  });

  it('do nothing where the record’s switch forbids it, and only there', () => {
    expect(rulesAt('dismiss').map((rule) => [rule.when, rule.do, rule.certainty])).toEqual([
      [undefined, [{ delete: 't0', where: { fn: 'and', args: [self, { fn: 'not', args: [{ col: 'c1', of: 'it' }] }] } }], 'certain'],
    ]);
  });

  it('do on leaving a field what Enter in it does', () => {
    const rules = rulesAt('rename');
    const effects = (event: string): unknown => rules.find((rule) => eventOf(rule) === event)?.do;
    expect(effects('blur')).toBeDefined();
    expect(effects('blur')).toEqual(effects('key Enter'));
    expect(JSON.stringify(effects('blur'))).toContain('"c0":{"fn":"trim","args":[{"arg":"value"}]}');
  });

  it('add a record at the start of the list, where the page shows it, and empty the field', () => {
    const [insert, draft] = world.rules.flatMap((rule) => (rule.do.some((effect) => 'insert' in effect) ? rule.do : []));
    expect(insert).toMatchObject({ insert: 't0', at: 'start', row: { c0: { fn: 'trim', args: [{ arg: 'value' }] }, c1: { lit: false } } });
    expect(draft).toMatchObject({ to: null });
  });

  it('keep in a register whether a part of the page is open', () => {
    expect(rulesAt('help').map((rule) => rule.do)).toEqual([[{ set: 'g0', to: { fn: 'not', args: [{ reg: 'g0' }] } }]]);
    expect(world.registers.map(({ initial }) => initial)).toEqual([false]);
  });

  it('name the sessions and steps that they were learned from', () => {
    const known = new Map(training.map((session) => [session.id, session.steps.length]));
    for (const { evidence } of world.rules) {
      expect(evidence.length).toBeGreaterThan(0);
      for (const { session, step } of evidence) expect(step).toBeLessThan(known.get(session) ?? 0);
    }
  });
});
