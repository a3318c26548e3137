import type { Hole } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';

/** For each view, what the user typed or ticked in nodes of that page life: recorder node id to the value given. */
export type Touched = ReadonlyMap<View, ReadonlyMap<number, string | boolean>>;

/** Walks a session and notes which live fields hold what the user put there. */
export function touchedBy(session: SessionViews): Touched {
  const out = new Map<View, ReadonlyMap<number, string | boolean>>();
  let held = new Map<number, string | boolean>();
  let load = -1;
  for (const [i, step] of session.session.steps.entries()) {
    const [before, after] = [session.before[i] as View, session.after[i] as View];
    for (const view of [before, after]) {
      if (view.load !== load) held = new Map();
      load = view.load;
      if (view === after && step.node !== undefined) {
        const { kind, value } = step.action;
        if (kind === 'fill') held = new Map(held).set(step.node, value ?? '');
        if (kind === 'check' || kind === 'uncheck') held = new Map(held).set(step.node, kind === 'check');
      }
      if (!out.has(view)) out.set(view, held);
    }
  }
  return out;
}

/** True where a live hole shows what the user put there, or what scripts made of that: it says nothing of the template. */
export function isHeld(hole: Hole, instance: Instance, touched: Touched): boolean {
  if (!hole.live || hole.pattern.kind !== 'element') return false;
  const node = hole.pattern.nodes.get(instance);
  return node?.id !== undefined && (touched.get(instance.view)?.has(node.id) ?? false);
}
