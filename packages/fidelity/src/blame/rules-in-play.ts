import type { DomElement, Rule, State, World } from '@backlot/protocol';
import {
  anchorOf,
  currentPage,
  currentUrl,
  matchPath,
  parseAddress,
  isSubmitter,
  pathToKey,
  render,
  resolveAction,
  resolveAddress,
} from '@backlot/world';
import type { PredictedStep } from '../clone/predict-steps.ts';

/**
 * The rules that decide what a step comes to: those that fired, and those that the same event could have set off, whether their guard
 * held or not, for a guard may be what is wrong.
 */
export function rulesInPlay(world: World, { action, rules: fired, states }: PredictedStep): ReadonlySet<string> {
  const inPlay = new Set(fired);
  const first = world.rules.filter(({ id }) => inPlay.has(id));
  const triggers = new Set(first.map(({ on }) => triggerOf(on)));
  const pages = new Set([currentPage(world, states.predicted).page?.id, currentPage(world, states.after).page?.id]);
  const path = actedOn(world, states.before, action);
  const anchors = new Set(path.flatMap(({ key }) => (key === undefined ? [] : [anchorOf(key)])));
  const here = currentPage(world, states.before).page?.id;
  const asked = [...requestsOf(path, action), ...(action.kind === 'goto' ? [{ method: 'GET', url: action.value ?? '' }] : [])].map(
    ({ method, url }) => ({ method, path: parseAddress(resolveAddress(currentUrl(states.before), url)).path }),
  );
  for (const rule of world.rules) {
    const { on } = rule;
    const isHeard =
      'ui' in on
        ? on.ui.page === here && anchors.has(on.ui.anchor)
        : 'request' in on
          ? asked.some(({ method, path: to }) => on.request.method === method && matchPath(on.request.route, to) !== null)
          : 'open' in on && pages.has(on.open) && states.before.history.index !== states.predicted.history.index;
    if (isHeard || triggers.has(triggerOf(on))) inPlay.add(rule.id);
  }
  return inPlay;
}

const triggerOf = (on: Rule['on']): string => JSON.stringify(on);

function actedOn(world: World, state: State, action: PredictedStep['action']): readonly DomElement[] {
  const event = resolveAction(world, state, action);
  const key = 'key' in event ? (event.key ?? state.focus) : null;
  return key === null ? [] : pathToKey(render(world, state).root, key);
}

interface Request {
  readonly method: string;
  readonly url: string;
}

/** The requests that an action sends by itself: a link's where it is clicked; a form's by its buttons, and by Enter in its fields. */
function requestsOf(path: readonly DomElement[], { kind, value }: PredictedStep['action']): readonly Request[] {
  const isClick = kind === 'click' || kind === 'dblclick';
  const isEnter = kind === 'press' && value === 'Enter';
  if (!isClick && !isEnter) return [];
  const link = path.findLast(({ tag, attrs }) => tag === 'a' && attrs['href'] !== undefined);
  if (link !== undefined) return [{ method: 'GET', url: link.attrs['href'] ?? '' }];
  const form = path.findLast(({ tag }) => tag === 'form');
  const button = path.findLast(isSubmitter);
  return form === undefined || (isClick && button === undefined) ? [] : [sentBy(form, button)];
}

function sentBy({ attrs: form }: DomElement, button: DomElement | undefined): Request {
  const { formmethod, formaction } = button?.attrs ?? {};
  return { method: (formmethod ?? form['method'] ?? 'get').toUpperCase(), url: formaction ?? form['action'] ?? '' };
}
