import type { Describe, Part, PartWords } from '@backlot/fidelity';
import type { World } from '@backlot/protocol';
import type { RuleFacts } from '@backlot/synth';

/** Words for the parts of a world, as the explanations of the clone have them. */
export async function partWords(world: World): Promise<Describe> {
  const { nameAnchors, overviewOf } = await import('@backlot/synth');
  const { rules } = overviewOf(world);
  const facts = new Map([...rules.certain, ...rules.ambiguous, ...rules.unseen].map((rule) => [rule.id, rule]));
  const anchors = new Map(world.pages.map((page) => [page.id, nameAnchors(page)]));
  const pages = new Map(world.pages.map(({ id, route }) => [id, route]));
  return (part: Part): PartWords => {
    if (part.kind === 'rule') return ruleWords(part.rule, facts.get(part.rule));
    const at = `the page ${pages.get(part.page) ?? part.page}`;
    if (part.kind === 'page') return { name: at, says: [], wouldDecide: [] };
    const name = anchors.get(part.page)?.get(part.anchor) ?? part.anchor;
    return { name: part.kind === 'list' ? `the list of ${name} on ${at}` : `${name} on ${at}`, says: [], wouldDecide: [] };
  };
}

function ruleWords(id: string, facts: RuleFacts | undefined): PartWords {
  if (facts === undefined) return { name: id, says: [], wouldDecide: [] };
  return { name: facts.head.replace(/:$/, ''), says: [...facts.does, facts.leads], wouldDecide: facts.wouldDecide };
}
