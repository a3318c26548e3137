import { describe, expect, it } from 'vitest';
import type { RegisterModel } from '../../src/explain/registers.ts';
import { outcomeOf } from '../../src/rules/effect-world.ts';
import { registerEffects } from '../../src/rules/effects.ts';
import { latchedBy, latchesOf } from '../../src/rules/latches.ts';
import { termsOf } from '../../src/rules/terms.ts';
import type { SessionViews } from '../../src/views.ts';
import { viewsOf } from '../../src/views.ts';
import type { Visited } from '../fixtures/dom.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import type { Told } from '../fixtures/occasions.ts';
import { occasion } from '../fixtures/occasions.ts';
import { scopeOf } from '../fixtures/scopes.ts';
import { logsOf } from '../fixtures/visitor.ts';

const on = true;
const off = false;

/** A page of a document, with a note or without. */
const page = (isOn: boolean, load: number): Visited => ({
  load,
  root: html(el('button', {}, 'Buy'), isOn && el('p.note', {}, 'Thank you')),
});

interface Latched {
  readonly session: SessionViews;
  readonly latches: readonly RegisterModel[];
}

/** What holds the past of the note, where documents show it or not after each step, and every other step is the same click. */
function latched(
  documents: readonly (readonly boolean[])[],
  { of = {}, told = {} }: { of?: Partial<RegisterModel>; told?: Told } = {},
): Latched {
  const { sessions } = viewsOf(logsOf([visitOf(documents.flatMap((shown, load) => shown.map((isOn) => page(isOn, load))))]));
  const [session] = sessions as [SessionViews];
  const shown = documents.flat();
  const values = new Map(session.after.map((view, i) => [view, shown[i] ?? off]));
  const register: RegisterModel = { name: 'g0', holes: new Map(), initial: off, scope: 'page', values, ...of };
  const cases = session.after.flatMap((after, i) => {
    const before = session.after[i - 1];
    if (!before || before.load !== after.load || shown[i - 1]) return [];
    const case_ = occasion({ ...told, registers: { g0: shown[i - 1] ?? off }, then: { g0: shown[i] ?? off } }).of;
    return [{ ...case_, before: { ...case_.before, view: before }, after: { ...case_.after, view: after } }];
  });
  return { session, latches: latchesOf(cases, [register], sessions) };
}

/** A note that comes at the first click, is put away, and comes no more. */
const once = [off, on, off, off];

describe('latchesOf', () => {
  it('says whether a note was there before, since the document was loaded', () => {
    const { session, latches } = latched([once, once, once]);
    expect(latches.map(({ name, initial, scope }) => [name, initial, scope])).toEqual([['g0_before', off, 'page']]);
    expect(session.after.map((view) => latches[0]?.values.get(view))).toEqual([0, 1, 2].flatMap(() => [off, off, on, on]));
  });

  it('is made only of what comes the first time and not again', () => {
    const always = [off, on, off, on];
    expect(latched([always, always, always]).latches).toEqual([]);
    const never = [off, off, off, off];
    expect(latched([once, never, never]).latches).toEqual([]);
  });

  it('wants to see it come three times, and stay away as often', () => {
    expect(latched([once, once]).latches).toEqual([]);
    const briefly = [off, on];
    expect(latched([briefly, briefly, briefly]).latches).toEqual([]);
  });

  it('bears with one document in four where the note comes again', () => {
    const again = [off, on, off, on];
    expect(latched([once, once, once, again]).latches).toHaveLength(1);
    expect(latched([once, once, again, again]).latches).toEqual([]);
  });

  it('is made of switches of the page that are off to begin with', () => {
    expect(latched([once, once, once], { of: { scope: 'browser' } }).latches).toEqual([]);
    expect(latched([once, once, once], { of: { initial: on } }).latches).toEqual([]);
  });

  it('is not made of what requests do', () => {
    expect(latched([once, once, once], { told: { asked: '/buy' } }).latches).toEqual([]);
  });
});

describe('latchedBy', () => {
  it('names the register whose past another holds', () => {
    expect(['g0_before', 'g0'].map(latchedBy)).toEqual(['g0', null]);
  });
});

describe('registerEffects', () => {
  it('put a past on once its switch is on, and never off', () => {
    const { effects, misses } = registerEffects('g0_before', termsOf([occasion({})], []));
    expect(misses).toEqual([]);
    const after = (g0: boolean, past: boolean): unknown =>
      outcomeOf(effects, scopeOf({ registers: { g0, g0_before: past } }), []).registers['g0_before'];
    expect([after(off, off), after(on, off), after(off, on)]).toEqual([off, on, on]);
  });
});
