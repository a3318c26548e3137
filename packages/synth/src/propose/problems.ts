import type { Action, Rule, Session, State, Step, Trigger, UiEvent, World, WorldEvent } from '@backlot/protocol';
import { act, anchorOf, currentPage, indexOf, matchPath, parseAddress, resolveAction, seeded, transition } from '@backlot/world';
import { missedTexts } from './holes.ts';
import { occasionOf, type Scene } from './occasion.ts';
import type { HolePlace, Occasion, Problem } from './question.ts';

/**
 * What a world leaves open, with the logged steps that show it: ambiguous rules, remembered exceptions (those of one event together),
 * and texts that come out wrongly for no such reason, though their page has the right shape.
 */
export function problemsOf(world: World, sessions: readonly Session[]): readonly Problem[] {
  const scenes = sessions.flatMap((session) => scenesOf(world, session));
  const byStep = new Map(scenes.map((scene) => [nameOf(scene.session, scene.step.index), scene]));
  const at = (evidence: Rule['evidence']): readonly Scene[] =>
    evidence.flatMap(({ session, step }) => byStep.get(nameOf(session, step)) ?? []);
  const rules = world.rules
    .filter(({ certainty }) => certainty === 'ambiguous')
    .map(({ id, evidence }): Problem => ({
      kind: 'rule',
      rule: id,
      why: 'Rules that differ fit the evidence.',
      occasions: at(evidence).map((scene) => occasionOf(world, scene)),
    }));
  const open = [...rules, ...exceptionsOf(world, at)].filter(({ occasions }) => occasions.length > 0);
  const taken = new Set(open.flatMap(({ occasions }) => occasions.map(({ evidence }) => nameOf(evidence.session, evidence.step))));
  const others = scenes.filter(({ session, step }) => !taken.has(nameOf(session, step.index)));
  return [...open, ...holesOf(world, others)];
}

const nameOf = (session: string, step: number): string => `${session} ${step}`;

/** Plays a session as replays do, and keeps what stood before and after each step. It ends where the world refuses a step. */
function scenesOf(world: World, session: Session): readonly Scene[] {
  const scenes: Scene[] = [];
  let state: State = seeded(world, session.account);
  let drifted = false;
  for (const [i, step] of session.steps.entries()) {
    const event = resolveAction(world, state, step.action);
    if ('refused' in event) break;
    const { state: reached, explanation } = act(world, state, step.action);
    if (explanation.refused !== undefined) break;
    const ms = step.latencyMs + (session.steps[i + 1]?.thinkMs ?? 0);
    const after = reached.timers.length === 0 || ms <= 0 ? reached : transition(world, reached, { type: 'advance', ms }).state;
    const scene: Scene = { session: session.id, viewport: session.viewport, step, event, before: state, after, drifted };
    scenes.push(scene);
    const { miss } = occasionOf(world, scene);
    drifted ||= miss.added.length + miss.removed.length > 0;
    state = after;
  }
  return scenes;
}

function exceptionsOf(world: World, at: (evidence: Rule['evidence']) => readonly Scene[]): readonly Problem[] {
  const groups = new Map<string, { readonly on: Trigger; readonly why: string; readonly occasions: Occasion[] }>();
  for (const { evidence, why } of world.exceptions) {
    const [scene] = at([evidence]);
    const on = scene && triggerOf(world, scene);
    if (!scene || !on) continue;
    const name = JSON.stringify(on);
    const group = groups.get(name) ?? { on, why, occasions: [] };
    groups.set(name, group);
    group.occasions.push(occasionOf(world, scene));
  }
  return [...groups.values()].map((group) => ({ kind: 'exception', ...group }));
}

const events: Partial<Record<Action['kind'], UiEvent>> = {
  click: 'click',
  dblclick: 'dblclick',
  fill: 'input',
  select: 'change',
  check: 'change',
  uncheck: 'change',
  press: 'key',
  hover: 'hover',
};

/** What sets off the rule that a step would need: the request that it sent, else the event at the acted element. */
function triggerOf(world: World, { step, event, before }: Scene): Trigger | null {
  const sent = requestOf(world, step);
  if (sent) return sent;
  const key = keyOf(event);
  const page = currentPage(world, before).page?.id;
  const kind = events[step.action.kind];
  if (key === undefined || page === undefined || kind === undefined) return null;
  const pressed = event.type === 'press' ? { key: event.name } : {};
  return { ui: { page, anchor: anchorOf(key), event: kind, ...pressed } };
}

function keyOf(event: WorldEvent): string | undefined {
  return 'key' in event ? event.key : undefined;
}

function requestOf(world: World, { exchanges }: Step): Trigger | null {
  const sent = exchanges.find(({ method, url }) => method !== 'GET' && method !== 'HEAD' && url.startsWith('/'));
  if (!sent) return null;
  const { path } = parseAddress(sent.url);
  const known = world.rules.flatMap(({ on }) => ('request' in on ? [on.request.route] : []));
  const route = [...known, ...world.pages.map((page) => page.route)].find((each) => matchPath(each, path) !== null);
  return { request: { method: sent.method, route: route ?? path } };
}

function holesOf(world: World, scenes: readonly Scene[]): readonly Problem[] {
  const groups = new Map<string, { readonly at: HolePlace; readonly occasions: Occasion[] }>();
  for (const scene of scenes) {
    if (scene.drifted) continue;
    const page = currentPage(world, scene.after).page?.id;
    if (page === undefined) continue;
    for (const anchor of missedTexts(world, scene)) {
      const kids = indexOf(world).anchors.get(page)?.get(anchor)?.kids ?? [];
      const texts = kids.flatMap((kid, i) => ('text' in kid ? [i] : []));
      const [kid] = texts;
      if (kid === undefined || texts.length > 1) continue;
      const name = nameOf(`${page} ${anchor}`, kid);
      const group = groups.get(name) ?? { at: { page, anchor, kid }, occasions: [] };
      groups.set(name, group);
      group.occasions.push(occasionOf(world, scene));
    }
  }
  return [...groups.values()].map((group) => ({
    kind: 'hole',
    why: 'The text of this element comes out otherwise than it was recorded.',
    ...group,
  }));
}
