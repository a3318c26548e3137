import type { Grammar, InlineRule, NoteRule } from '@backlot/protocol';
import { headOf } from './heads.ts';

/** The inline rules of a grammar, and the one among them that makes notes. */
export interface WithNote {
  readonly rules: readonly InlineRule[];
  readonly note: InlineRule | undefined;
}

const known = new WeakMap<Grammar, WithNote>();

/** The inline rules of a grammar with one for its notes, before those that begin with no longer a mark. */
export function withNoteRule(grammar: Grammar): WithNote {
  const { inlines, notes } = grammar;
  if (notes === undefined) return { rules: inlines, note: undefined };
  const found = known.get(grammar) ?? insert(inlines, notes);
  known.set(grammar, found);
  return found;
}

function insert(inlines: readonly InlineRule[], { open, close }: NoteRule): WithNote {
  const note: InlineRule = { inline: 'span', open, close, wrap: [], raw: false, flank: false, word: false };
  const at = inlines.findIndex((rule) => headOf(rule).length <= open.length);
  return { rules: inlines.toSpliced(at < 0 ? inlines.length : at, 0, note), note };
}
