import type { Action, Observation } from '@backlot/protocol';
import type { Agent } from './agent.ts';
import { parseAria, type SeenNode } from './aria-parse.ts';
import { clickableRoles, phrase, wordsOf } from './chance.ts';
import type { Rng } from './rng.ts';

const writable = new Set(['textbox', 'searchbox', 'spinbutton']);

/**
 * Picks among what the snapshot offers, all equally likely: click what can be clicked, fill a field with words from the page or the
 * instruction, choose an option, press Enter in a field, go back. It never says that it is done: a task that it solves is too easy.
 */
export const randomAgent: Agent = {
  name: 'random',
  start: (task, rng) => ({
    next: (observation) => rng.pick(offers(observation, task.instruction, rng)) ?? { kind: 'back' },
  }),
};

function offers(observation: Observation, instruction: string, rng: Rng): readonly Action[] {
  const nodes = parseAria(observation.aria);
  const words = [...new Set([...wordsOf(instruction), ...nodes.flatMap((node) => [...wordsOf(node.name), ...wordsOf(node.text)])])];
  return [...nodes.flatMap((node) => offersOf(node, words, rng)), { kind: 'back' }];
}

function offersOf(node: SeenNode, words: readonly string[], rng: Rng): readonly Action[] {
  const { role, name, nth } = node;
  const target = { role, name, nth };
  if ('disabled' in node.states) return [];
  if (clickableRoles.has(role)) return [{ kind: 'click', target }];
  if (writable.has(role)) {
    return [
      { kind: 'fill', target, value: phrase(words, rng) },
      { kind: 'press', target, value: 'Enter' },
    ];
  }
  if (role === 'combobox' || role === 'listbox') return optionsOf(node).map((value) => ({ kind: 'select', target, value }));
  return [];
}

function optionsOf(node: SeenNode): readonly string[] {
  return node.children.filter((child) => child.role === 'option').map((child) => child.name || child.text);
}
