import { compileStyles, styleSheetsOf } from '@backlot/logs';
import type { DomElement, Session, World } from '@backlot/protocol';
import { accessiblePage, matchingPages } from '@backlot/world';
import { stepProbability } from '../calibration/step-probability.ts';
import { lowerFirst } from '../report/wording.ts';
import type { Describe } from '../report/words.ts';
import { stepsOf } from './steps-of.ts';

/** A recording that would help, and how much is expected of it. */
export interface Want {
  /** `open`: what a rule does is not decided; `rare`: it was seen seldom; `unvisited`: it was offered and never done. */
  readonly kind: 'open' | 'rare' | 'unvisited';
  /** What to record, in one sentence. */
  readonly record: string;
  /** Of 100 steps that people take, so many are expected to be decided by it. */
  readonly gain: number;
}

/** What wants are found in. */
export interface WantOptions {
  readonly world: World;
  /** The sessions that the world was learned from. */
  readonly sessions: readonly Session[];
  readonly describe: Describe;
}

/** An ambiguous rule is as likely right as wrong, however often it was seen. */
const openDoubt = 0.5;
/** Less than this is not worth a recording. */
const leastGain = 0.005;
const leastViews = 3;

/**
 * Recordings by what is expected of them: how often people come there, times how unsure the world is of what happens then. What was
 * offered and never done is used next with a probability of one in all the times it was passed by (Laplace's rule of succession). Pure.
 */
export function findWants(options: WantOptions): readonly Want[] {
  return [...ruleWants(options), ...unvisitedWants(options)].filter(({ gain }) => gain >= leastGain).toSorted(byGain);
}

const byGain = (a: Want, b: Want): number => b.gain - a.gain || (a.record < b.record ? -1 : 1);

function ruleWants({ world, sessions, describe }: WantOptions): readonly Want[] {
  const steps = Math.max(1, stepsOf(sessions));
  return world.rules.map(({ id, certainty, evidence }): Want => {
    const isOpen = certainty !== 'certain';
    const doubt = Math.max(1 - stepProbability(world, [id]), isOpen ? openDoubt : 0);
    const { name, wouldDecide } = describe({ kind: 'rule', rule: id });
    const again = `Record again, with other data: ${lowerFirst(name)}.`;
    return {
      kind: isOpen ? 'open' : 'rare',
      record: wouldDecide[0] ?? again,
      gain: (100 * Math.max(1, evidence.length) * doubt) / steps,
    };
  });
}

interface Offer {
  readonly route: string;
  readonly role: string;
  readonly name: string;
  views: number;
}

const doable = new Set(['button', 'link', 'checkbox', 'radio', 'combobox', 'textbox', 'menuitem', 'tab']);

function unvisitedWants({ world, sessions }: WantOptions): readonly Want[] {
  const steps = Math.max(1, stepsOf(sessions));
  const offers = new Map<string, Offer>();
  const done = new Set<string>();
  for (const session of sessions) {
    for (const { before, action } of session.steps) {
      const route = matchingPages(world, before.url)[0]?.page.route ?? before.url;
      if (action.target) done.add(keyOf({ route: '', ...action.target }));
      const seen = new Map(offeredBy(before.root, session).map((each) => [keyOf({ route, ...each }), { route, ...each }]));
      for (const [key, offer] of seen) {
        const known = offers.get(key);
        if (known === undefined) offers.set(key, { ...offer, views: 1 });
        else known.views += 1;
      }
    }
  }
  return [...offers.values()]
    .filter((offer) => offer.views >= leastViews && !done.has(keyOf({ ...offer, route: '' })))
    .map(({ route, role, name, views }) => ({
      kind: 'unvisited',
      record: `Record what comes of the ${role} “${name}” on ${route}: nobody used it.`,
      gain: (100 * (views / steps)) / (views + 2),
    }));
}

const keyOf = ({ route, role, name }: { readonly route: string; readonly role: string; readonly name: string }): string =>
  JSON.stringify([route, role, name]);

/** What the application offers by name. What names a record is not told from the rest, but is seldom passed by as often. */
function offeredBy(root: DomElement, { viewport, baseURL }: Session): readonly Pick<Offer, 'role' | 'name'>[] {
  const leadsAway = (href: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(href) && !href.startsWith(baseURL);
  return accessiblePage(root, compileStyles(styleSheetsOf(root), viewport))
    .elements()
    .filter(({ role, name, hidden, element }) => doable.has(role) && name !== '' && !hidden && !('disabled' in element.attrs))
    .filter(({ element }) => !leadsAway(element.attrs['href'] ?? ''))
    .map(({ role, name }) => ({ role, name }));
}
