import { goalOf } from './group.ts';
import type { WorkModel, Workflow } from './model-schema.ts';
import type { Observed, ObservedStep } from './observed.ts';
import type { Habits, Piece } from './segment.ts';

/** The workflow of each piece of a session that the model was not learned from: the one with its goal, else the one most alike. */
export function labelPieces(
  work: WorkModel,
  { observed, cut, habits }: { readonly observed: Observed; readonly cut: readonly Piece[]; readonly habits: Habits },
): readonly string[] {
  return cut.map((piece) => {
    const steps = piece.map((i) => observed.steps[i] as ObservedStep);
    const goal = goalOf(steps, habits);
    const symbols = [...new Set(steps.map(({ token }) => token))];
    const having = work.workflows.filter(({ goals }) => goals.includes(goal));
    const best = (having.length > 0 ? having : work.workflows)
      .map((workflow) => ({ id: workflow.id, likeness: likeness(workflow, symbols) }))
      .reduce((a, b) => (b.likeness > a.likeness ? b : a), { id: '', likeness: 0 });
    return best.likeness > 0.3 || having.length > 0 ? best.id || (having[0]?.id ?? goal) : goal;
  });
}

/** Cosine of how often a workflow holds each symbol, and what a piece holds. */
function likeness({ symbols, count }: Workflow, piece: readonly string[]): number {
  const norm = Math.sqrt(Object.values(symbols).reduce((sum, n) => sum + (n / count) ** 2, 0));
  const dot = piece.reduce((sum, symbol) => sum + (symbols[symbol] ?? 0) / count, 0);
  return norm === 0 ? 0 : dot / (norm * Math.sqrt(piece.length));
}
