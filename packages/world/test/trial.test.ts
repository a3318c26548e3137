import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomElement, State, World, WorldEvent } from '@backlot/protocol';
import { anchorOf, render } from '../src/render.ts';
import { reset } from '../src/reset.ts';
import { transition } from '../src/transition.ts';
import { changedPlaces, occasionOf, withoutTrial } from '../src/trial.ts';
import { findAll } from '../src/walk.ts';
import { listWorld } from '../fixtures/list-world.ts';

const events: readonly WorldEvent[] = [
  { type: 'fill', key: 'p4', value: ' tea ' },
  { type: 'fill', key: 'p4', value: '' },
  { type: 'press', name: 'Enter' },
  { type: 'click', key: 'p7:a1' },
  { type: 'click', key: 'p7:a2' },
  { type: 'dblclick', key: 'p8:a1' },
  { type: 'click', key: 'p14' },
  { type: 'click', key: 'p17' },
  { type: 'click', key: 's7' },
  { type: 'back' },
  { type: 'reload' },
];

const said = ({ key, attrs, children }: DomElement): string =>
  JSON.stringify([key, Object.entries(attrs), children.filter((child) => 'text' in child)]);

/** The definition, word for word: every element of both pages is looked at. */
function changedByDefinition(before: State, after: State): ReadonlySet<string> {
  const keyed = (state: State): readonly DomElement[] => findAll(render(listWorld, state).root, ({ key }) => key !== undefined);
  const was = new Set(keyed(before).map(said));
  return new Set(
    keyed(after)
      .filter((element) => !was.has(said(element)))
      .map(({ key = '' }) => anchorOf(key)),
  );
}

const anchorsOf = (state: State): readonly string[] =>
  findAll(render(listWorld, state).root, ({ key }) => key !== undefined).map(({ key = '' }) => anchorOf(key));

describe('changedPlaces', () => {
  it('names what is new or says something else, on whatever way two states came about', () => {
    const walk = fc.array(fc.constantFrom(...events), { maxLength: 12 });
    const end = (walked: readonly WorldEvent[]): State =>
      walked.reduce((state, event) => transition(listWorld, state, event).state, reset(listWorld, 'two'));
    let changed = 0;
    fc.assert(
      fc.property(walk, walk, (one, other) => {
        const [before, after] = [end(one), end(other)];
        const places = changedPlaces(listWorld, before, after);
        changed += places.size;
        expect(places).toEqual(changedByDefinition(before, after));
      }),
      { seed: 7, numRuns: 200 },
    );
    expect(changed).toBeGreaterThan(200);
  });
});

describe('a world on trial', () => {
  const start = reset(listWorld, 'two');
  const event: WorldEvent = { type: 'click', key: 'p7:a1' };
  const { state: after } = transition(listWorld, start, event);
  const occasion = occasionOf(listWorld, start, event);
  const places = Object.fromEntries([...changedPlaces(listWorld, start, after)].map((anchor) => [anchor, [9, 0] as const]));
  const worldOf = (trial: Pick<NonNullable<World['trial']>, 'occasions' | 'places'>): World => ({ ...listWorld, trial }) as World;

  it('is certain of a step whose occasion and places were always right', () => {
    const { explanation } = transition(worldOf({ occasions: { [occasion]: [5, 0] }, places }), start, event);
    expect(explanation).toMatchObject({ certainty: 'certain' });
    expect(explanation.probability).toBeGreaterThan(0.9);
  });

  it('is no more certain than the least certain place that a step changes', () => {
    const [worst = ''] = Object.keys(places);
    const { explanation } = transition(
      worldOf({ occasions: { [occasion]: [5, 0] }, places: { ...places, [worst]: [1, 9] } }),
      start,
      event,
    );
    expect(explanation).toMatchObject({ certainty: 'ambiguous' });
    expect(explanation.probability).toBeLessThan(0.6);
  });

  it('is certain of a step unless it changes a place that went wrong, on one page or from one page to another', () => {
    const anchors = [...new Set(events.flatMap((event) => anchorsOf(transition(listWorld, start, event).state)))];
    const right = Object.fromEntries(anchors.map((anchor) => [anchor, [9, 0] as const]));
    let [certain, uncertain] = [0, 0];
    for (const [i, event] of [...events, ...events].entries()) {
      const before = i < events.length ? start : transition(listWorld, start, { type: 'click', key: 'p14' }).state;
      const occasions = { [occasionOf(listWorld, before, event)]: [5, 0] as const };
      const { state, explanation } = transition(listWorld, before, event);
      if (explanation.refused !== undefined || explanation.certainty !== 'certain') continue;
      for (const wrong of anchors) {
        const world = worldOf({ occasions, places: { ...right, [wrong]: [1, 9] } });
        const isHit = changedByDefinition(before, state).has(wrong);
        expect(transition(world, before, event).explanation.certainty, `${JSON.stringify(event)} and ${wrong}`).toBe(
          isHit ? 'ambiguous' : 'certain',
        );
        if (isHit) uncertain += 1;
        else certain += 1;
      }
    }
    expect(Math.min(certain, uncertain)).toBeGreaterThan(30);
  });

  it('is not certain of what was wrong once', () => {
    const { explanation } = transition(worldOf({ occasions: { [occasion]: [5, 1] }, places: {} }), start, event);
    expect(explanation.certainty).toBe('ambiguous');
  });

  it('leaves explanations as they are without its trial', () => {
    const world = worldOf({ occasions: { [occasion]: [0, 9] }, places });
    expect(transition(withoutTrial(world), start, event)).toEqual(transition(listWorld, start, event));
    expect(withoutTrial(world)).toBe(withoutTrial(world));
  });
});
