import type { Action } from '@backlot/protocol';
import type { SeenNode } from '../aria-parse.ts';
import type { Instruction } from './instruction.ts';
import type { PageView } from './page-view.ts';

/** What the learner may try: which kinds of action on which roles, with which keys and fixed texts. Learned from demonstrations. */
export interface Repertoire {
  /** Such as `click button`, `press textbox Enter`, `back`. */
  readonly acts: readonly string[];
  /** Texts that were filled in or chosen without standing in the instruction. */
  readonly texts: readonly string[];
}

/** One thing to do next, with the node that it is done to and the span that it copies, by index; -1 where there is none. */
export interface Candidate {
  readonly action: Action | 'done';
  readonly node: number;
  readonly span: number;
}

const mostCandidates = 600;
const leastUses = 2;
const done: Candidate = { action: 'done', node: -1, span: -1 };

/** The repertoire of demonstrations: each a list of actions with the instruction that they follow. */
export function learnRepertoire(
  demonstrations: readonly { readonly actions: readonly Action[]; readonly instruction: Instruction }[],
): Repertoire {
  const acts = new Set<string>();
  const texts = new Map<string, number>();
  for (const { actions, instruction } of demonstrations) {
    const known = new Set(instruction.spans.map(({ text }) => text));
    for (const action of actions) {
      acts.add(actOf(action));
      const { kind, value } = action;
      if (kind === 'fill' && value !== undefined && !known.has(value)) texts.set(value, (texts.get(value) ?? 0) + 1);
    }
  }
  return { acts: [...acts].toSorted(), texts: [...texts].flatMap(([text, uses]) => (uses >= leastUses ? [text] : [])).toSorted() };
}

/** What kind of act an action is, as repertoires list it. */
function actOf({ kind, target, value }: Action): string {
  return [kind, target?.role, kind === 'press' || kind === 'goto' || kind === 'wait' ? value : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** All that can be done on a page within a repertoire; being done is always the first. */
export function candidatesOn(view: PageView, instruction: Instruction, repertoire: Repertoire): readonly Candidate[] {
  const acts = repertoire.acts.map((act) => act.split(' ') as [Action['kind'], string?, string?]);
  const candidates: Candidate[] = [done];
  for (const [kind, role, value] of acts) {
    if (role === undefined || kind === 'goto' || kind === 'wait') {
      candidates.push({ action: withValue({ kind }, role), node: -1, span: -1 });
    } else if (kind === 'press' && value === undefined) candidates.push({ action: { kind, value: role }, node: -1, span: -1 });
  }
  for (const [node, seen] of view.nodes.entries()) {
    if ('disabled' in seen.states) continue;
    for (const [kind, role, value] of acts) {
      if (role === seen.role) candidates.push(...onNode({ kind, value, node, seen }, instruction, repertoire));
    }
  }
  return candidates.slice(0, mostCandidates);
}

interface Act {
  readonly kind: Action['kind'];
  readonly value: string | undefined;
  readonly node: number;
  readonly seen: SeenNode;
}

function onNode({ kind, value, node, seen }: Act, { spans }: Instruction, { texts }: Repertoire): readonly Candidate[] {
  const { role, name, nth } = seen;
  const action = { kind, target: { role, name, nth } };
  if (kind === 'fill') {
    const copied = spans.map(({ text }, span) => ({ action: { ...action, value: text }, node, span }));
    return [...copied, ...texts.map((text) => ({ action: { ...action, value: text }, node, span: -1 }))];
  }
  if (kind === 'select') {
    const options = seen.children.filter((child) => child.role === 'option').map((child) => child.name || child.text);
    return options.map((option) => ({ action: { ...action, value: option }, node, span: spans.findIndex(({ text }) => text === option) }));
  }
  const isChecked = seen.states['checked'] === true;
  if ((kind === 'check' && isChecked) || (kind === 'uncheck' && !isChecked)) return [];
  return [{ action: withValue(action, value), node, span: -1 }];
}

function withValue(action: Action, value: string | undefined): Action {
  return value === undefined ? action : { ...action, value };
}

/** True where two actions do the same. */
export function isSameAction(one: Action, other: Action): boolean {
  const [a, b] = [one.target, other.target];
  return one.kind === other.kind && one.value === other.value && a?.role === b?.role && a?.name === b?.name && a?.nth === b?.nth;
}
