import type { Effect, Expr, Value } from '@backlot/protocol';
import { evaluate, toText } from '@backlot/world';
import type { Belief } from '../state/belief.ts';
import { keyOf, nodesIn, scopeOf } from '../state/belief.ts';
import type { ElementPattern, Instance } from '../template/pattern.ts';
import type { Explained } from '../explain/site-holes.ts';
import type { Hole } from '../template/holes.ts';
import type { Occasion } from './terms.ts';

interface FieldSite {
  readonly element: ElementPattern;
  readonly instance: Instance;
  readonly belief: Belief;
}

/** How the template says what a field holds, where that is no constant. */
function templateExpr({ element, belief }: FieldSite, explained: Explained): Expr | undefined {
  const hole: Hole | undefined = belief.page.holes.find((candidate) => candidate.id === `${element.anchor}@value`);
  return hole && explained.exprs.get(hole);
}

/** What the template says a field holds, without what the user put there. */
function templateValue(site: FieldSite, explained: Explained): Value {
  const { element, instance, belief } = site;
  const expr = templateExpr(site, explained);
  if (!expr) return element.nodes.values().next().value?.attrs['value'] ?? '';
  const scope = scopeOf(belief, instance);
  return toText(evaluate(expr, scope));
}

const isTyped = (element: ElementPattern): boolean => element.tag === 'textarea' || element.tag === 'input';

/** A text field that held something typed before an action, and whether the action emptied it. */
interface HeldField {
  readonly element: ElementPattern;
  readonly cleared: boolean;
}

/** Fields that an action could empty: not the one it types in, and of the records only those around it. */
function fieldsInReach({ before, origin, blurred }: Occasion['of']): readonly ElementPattern[] {
  return [...before.page.pattern.elements.values()].filter((element) => {
    if (!isTyped(element) || (element === origin.element && origin.event === 'input')) return false;
    return !element.frame.list || (element !== blurred?.element && element.frame === origin.element.frame);
  });
}

/** True where a field shows what the page says again; one that a script drew anew with the text that was typed still holds that. */
function isCleared(site: FieldSite, { key, held, explained }: { key: string; held: string; explained: Explained }): boolean {
  const now = site.belief.live.get(key);
  if (now !== templateValue(site, explained)) return false;
  return now !== held || !JSON.stringify(templateExpr(site, explained) ?? null).includes('"reg":');
}

function heldFields({ of }: Occasion, explained: Explained): readonly HeldField[] {
  const { before, after } = of;
  if (before.page !== after.page || before.view.load !== after.view.load) return [];
  const fields: HeldField[] = [];
  for (const element of fieldsInReach(of)) {
    for (const [instance] of nodesIn(element, before.view)) {
      const key = keyOf(element, before.rowsOf(instance));
      const held = before.live.get(key);
      if (typeof held !== 'string' || held === templateValue({ element, instance, belief: before }, explained)) continue;
      const peer = nodesIn(element, after.view).find(([i]) => keyOf(element, after.rowsOf(i)) === key);
      if (peer) fields.push({ element, cleared: isCleared({ element, instance: peer[0], belief: after }, { key, held, explained }) });
    }
  }
  return fields;
}

/** Share of the occasions on which a field held something that must have emptied it. */
const usually = 0.8;

/** Anchor of an element, or the one that stands for it on all pages that share it. */
const commonAnchor = ({ page }: Belief, { anchor }: ElementPattern): string => page.shared.common.get(anchor) ?? anchor;

/** What may follow an item that a click puts into a field. */
const separators = [' ', ', ', '', ','];

/** Effects that put the clicked text into a field, in place of the word that was being typed. */
function completions(occasions: readonly Occasion[]): readonly Effect[] {
  const clicks = occasions.filter(({ scope }) => typeof scope.args['text'] === 'string' && scope.args['text'] !== '');
  if (clicks.length === 0) return [];
  const { before } = (clicks[0] as Occasion).of;
  const fields = [...before.page.pattern.elements.values()].filter((element) => isTyped(element) && !element.frame.list);
  return fields.flatMap((field): Effect[] => {
    const anchor = commonAnchor(before, field);
    const heldIn = ({ page, live }: Belief): string | boolean | undefined => live.get(page.shared.own.get(anchor) ?? anchor);
    const changed = clicks.filter(({ of }) => heldIn(of.before) !== heldIn(of.after));
    if (changed.length * 2 <= clicks.length) return [];
    const term = (after: string): Expr => ({ fn: 'complete', args: [{ field: anchor }, { arg: 'text' }, { lit: after }] });
    const fits = (after: string): number => changed.filter(({ scope, of }) => evaluate(term(after), scope) === heldIn(of.after)).length;
    const best = separators.toSorted((a, b) => fits(b) - fits(a))[0] as string;
    return fits(best) * 2 > changed.length ? [{ draft: anchor, to: term(best) }] : [];
  });
}

/** Effects that empty the fields which an action was seen to empty, whenever they held something. */
export function draftEffects(occasions: readonly Occasion[], explained: Explained): readonly Effect[] {
  const tallies = new Map<string, { held: number; cleared: number }>();
  for (const occasion of occasions) {
    for (const { element, cleared } of heldFields(occasion, explained)) {
      const anchor = commonAnchor(occasion.of.before, element);
      const tally = tallies.get(anchor) ?? { held: 0, cleared: 0 };
      tallies.set(anchor, { held: tally.held + 1, cleared: tally.cleared + (cleared ? 1 : 0) });
    }
  }
  const emptied = [...tallies]
    .filter(([, tally]) => tally.cleared > 0 && tally.cleared >= usually * tally.held)
    .map(([anchor]): Effect => ({ draft: anchor, to: null }));
  return [...emptied, ...completions(occasions)];
}
