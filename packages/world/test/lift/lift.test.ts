import type { DomElement, DomNode, State, World, WorldEvent } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentUrl, findAll, isBox, isTextField, lift, render, reset, transition } from '../../src/index.ts';
import { listWorld } from '../../fixtures/list-world.ts';
import { shopWorld } from './fixtures/shop-world.ts';

/** The page without the keys of its elements, neighbouring texts as one: what a recorder would see of it. */
function seen(node: DomNode): DomNode {
  if ('text' in node) return node;
  const children: DomNode[] = [];
  for (const child of node.children.map(seen)) {
    const last = children.at(-1);
    if ('text' in child && last !== undefined && 'text' in last) children[children.length - 1] = { text: last.text + child.text };
    else children.push(child);
  }
  return { tag: node.tag, attrs: Object.fromEntries(Object.entries(node.attrs).sort()), children };
}

const pageOf = (world: World, state: State): { url: string; root: DomElement } => ({
  url: currentUrl(state),
  root: seen(render(world, state).root) as DomElement,
});

/** Where a walk goes: numbers choose among what can be done, so that any list of numbers is a walk. */
function walk(world: World, account: string, choices: readonly number[]): State {
  let state = reset(world, account);
  for (const choice of choices) {
    const events = eventsIn(world, state);
    const event = events[choice % events.length];
    if (event !== undefined) state = transition(world, state, event).state;
  }
  return state.dialog === null ? state : transition(world, state, { type: 'dialog', accept: true }).state;
}

const words = ['Buy milk', 'Call Ada', 'Pay 3 bills', ' '];

function eventsIn(world: World, state: State): readonly WorldEvent[] {
  if (state.dialog !== null) return [{ type: 'dialog', accept: true }];
  return findAll(render(world, state).root, ({ key, tag }) => key !== undefined && !['html', 'head', 'body'].includes(tag)).flatMap(
    (element): readonly WorldEvent[] => {
      const key = element.key as string;
      if (isBox(element)) return [{ type: 'click', key }];
      if (!isTextField(element))
        return [{ type: 'click', key }, ...(element.tag === 'label' ? ([{ type: 'dblclick', key }] as const) : [])];
      return [...words.map((value) => ({ type: 'fill', key, value }) as const), { type: 'press', key, name: 'Enter' }];
    },
  );
}

const steps = fc.array(fc.nat({ max: 997 }), { maxLength: 30 });

describe('lift', () => {
  for (const world of [listWorld, shopWorld]) {
    const accounts = fc.constantFrom(...Object.keys(world.seeds));
    it(`reads a page of ${world.app} so that it renders to the same, whatever was believed`, () => {
      fc.assert(
        fc.property(accounts, steps, accounts, steps, (account, real, other, believed) => {
          const page = pageOf(world, walk(world, account, real));
          const { state } = lift(world, walk(world, other, believed), page);
          expect(pageOf(world, state)).toEqual(page);
        }),
        { numRuns: 150 },
      );
    });

    it(`changes nothing of ${world.app} where the page shows what is believed`, () => {
      fc.assert(
        fc.property(accounts, steps, (account, choices) => {
          const state = walk(world, account, choices);
          const lifted = lift(world, state, pageOf(world, state));
          expect(lifted.state.tables).toEqual(state.tables);
          expect(lifted.state.registers).toEqual(state.registers);
          expect(lifted.unknowns).toEqual([]);
        }),
        { numRuns: 60 },
      );
    });
  }
});
