import type { Action, State, World } from '@backlot/protocol';
import { accessiblePage, observe, render, reset } from '@backlot/world';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anything, fuzzRuns, fuzzTime, hostileTexts, mutations } from '../../../../scripts/fuzz.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { foresee, stepText } from '../../src/index.ts';
import { parseWorld } from '../../src/clone/read-clone.ts';

/** No world may keep the interpreter busy for longer than this with one action, in milliseconds. */
const longest = 5000;

const parsed = (text: string): World | null => {
  try {
    return parseWorld(text, 'world.json');
  } catch (error) {
    expect((error as Error).message).toMatch(/^world\.json (?:is no world that this version can run|is no JSON)/);
    return null;
  }
};

/** Every control of the page in turn, with a text where it takes one, and ways through the history. */
function actionsOn(world: World, state: State, texts: readonly string[]): readonly Action[] {
  const { root } = render(world, state);
  const page = accessiblePage(root, world.styles);
  const targets = page.elements().filter(({ role }) => ['button', 'link', 'checkbox', 'textbox'].includes(role));
  const on = targets.slice(0, 8).flatMap(({ element, role }, i): readonly Action[] => {
    const { hidden: _, ...target } = page.describe(element);
    const value = texts[i % texts.length] ?? '';
    if (role !== 'textbox') return [{ kind: 'click', target }];
    return [
      { kind: 'fill', target, value },
      { kind: 'press', target, value: 'Enter' },
    ];
  });
  return [...on, { kind: 'goto', value: texts[0] ?? '/' }, { kind: 'reload' }, { kind: 'back' }, { kind: 'wait', value: '1000' }];
}

function play(world: World, account: string, texts: readonly string[]): void {
  let state = reset(world, account);
  for (const action of actionsOn(world, state, texts)) {
    const began = performance.now();
    foresee(world, state, action);
    ({ state } = stepText(world, state, action));
    expect(typeof observe(world, state).aria).toBe('string');
    expect(performance.now() - began).toBeLessThan(longest);
  }
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
}

it('a world of any kind is refused in words, or runs without breaking, hanging or reaching beyond itself', { timeout: fuzzTime }, () => {
  let ran = 0;
  const texts = fc.array(fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' })), { minLength: 1, maxLength: 4 });
  const account = fc.constantFrom('two', 'empty', '__proto__', 'constructor', 'nobody');
  const { numRuns } = fuzzRuns(25_000);
  fc.assert(
    fc.property(mutations(listWorld), account, texts, (mutated, who, typed) => {
      const world = parsed(JSON.stringify(mutated));
      if (world === null) return;
      ran += 1;
      play(world, who, typed);
    }),
    { numRuns },
  );
  expect(ran).toBeGreaterThan(numRuns / 10);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

it('any text at all is refused in words', { timeout: fuzzTime }, () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        anything.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        expect(parsed(text)).toBeNull();
      },
    ),
    fuzzRuns(5000),
  );
});
