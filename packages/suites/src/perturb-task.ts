import { perturbationKinds, type Action, type Perturbation, type State, type Target, type Task, type World } from '@backlot/protocol';
import { closeName, enterPerturbed, loadingMs, perturbWorld } from '@backlot/sandbox';
import { playActions, sayStepByStep, stepsAllowed } from '@backlot/workflow';
import { accessiblePage, act, currentUrl, findAll, observe, render, reset, resolveAction } from '@backlot/world';

/**
 * A task in other surroundings, with a solution that copes with them: it closes what hides the page, waits, tries again what failed, and
 * uses controls by the names and places that they now have. `seed` decides which surroundings; null where none suit the task.
 */
export function perturbTask(world: World, task: Task, seed: number): Task | null {
  const start = playActions(world, reset(world, task.account), task.setup);
  if (start === null) return null;
  for (let i = 0; i < perturbationKinds.length; i++) {
    const kind = perturbationKinds[(seed + i) % perturbationKinds.length] as Perturbation['kind'];
    const made = perturbedBy({ world, start, task }, { kind, seed });
    if (made) return made;
  }
  return null;
}

interface Plain {
  readonly world: World;
  readonly start: State;
  readonly task: Task;
}

/** Surroundings that an agent has to cope with: they count only where they come up in the solution. */
const comeUp: ReadonlySet<Perturbation['kind']> = new Set(['slow', 'failing', 'popup', 'renamed']);

function perturbedBy({ world, start, task }: Plain, perturbation: Perturbation): Task | null {
  const changed = perturbWorld(world, perturbation);
  if (changed === null) return null;
  const cope = (actions: readonly Action[]): Action[] | null => copeWith({ plain: world, changed }, start, actions);
  const [oracle, wrong] = [cope(task.oracle), cope(task.wrong)];
  const wrongRecord = task.wrongRecord && cope(task.wrongRecord);
  if (!oracle || !wrong || wrongRecord === null) return null;
  if (comeUp.has(perturbation.kind) && JSON.stringify(oracle) === JSON.stringify(task.oracle)) return null;
  if (perturbation.kind === 'moved' && observe(changed, start).aria === observe(world, start).aria) return null;
  const made = { ...task, perturbation, oracle, wrong, ...(wrongRecord ? { wrongRecord } : {}), maxSteps: stepsAllowed(oracle) };
  const levels = task.levels && { levels: { ...task.levels, steps: sayStepByStep(made) } };
  return { ...made, difficulty: oracle.length, ...levels };
}

interface Worlds {
  readonly plain: World;
  readonly changed: World;
}

/** How often one action may be preceded by what it takes to cope, and how often all is begun anew. */
const mostHurdles = 3;
const mostBeginnings = 2;

/** Actions of the plain world as they are carried out in the changed one, from the same start. Null where they can't be. */
function copeWith(worlds: Worlds, start: State, actions: readonly Action[]): Action[] | null {
  const { plain, changed } = worlds;
  const done: Action[] = [];
  let there = enterPerturbed(changed, start);
  const take = (action: Action): boolean => {
    const next = act(changed, there, action);
    if (next.explanation.refused !== undefined) return false;
    done.push(action);
    there = next.state;
    return true;
  };
  for (let beginning = 0; beginning < mostBeginnings; beginning++) {
    let here = start;
    let isLost = false;
    for (const action of actions) {
      const key = keyOf(plain, here, action);
      if (!clearTheWay(worlds, () => there, take)) return null;
      const now = key === null ? action : aimedAt(changed, there, { action, key });
      if (now === null || !take(now)) return null;
      isLost = failed(changed, there);
      if (isLost) break;
      here = act(plain, here, action).state;
    }
    if (!isLost) return done;
    if (!take({ kind: 'goto', value: currentUrl(start) })) return null;
  }
  return null;
}

/** Waits until a page is loaded, and closes what hides it. */
function clearTheWay({ changed }: Worlds, at: () => State, take: (action: Action) => boolean): boolean {
  for (let i = 0; i < mostHurdles; i++) {
    const hurdle = hurdleAt(changed, at());
    if (hurdle === null) return true;
    if (!take(hurdle)) return false;
  }
  return false;
}

const closing: Target = { role: 'button', name: closeName, nth: 0 };

/** What has to be done first, where something of ours hides the page. */
function hurdleAt(world: World, state: State): Action | null {
  const { root } = render(world, state);
  const shows = (key: string): boolean => findAll(root, (element) => element.key === key).length > 0;
  if (shows('backlot-loading')) return { kind: 'wait', value: String(loadingMs) };
  return shows('backlot-notice') ? { kind: 'click', target: closing } : null;
}

const failed = (world: World, state: State): boolean => findAll(render(world, state).root, ({ key }) => key === 'backlot-error').length > 0;

function keyOf(world: World, state: State, action: Action): string | null {
  if (action.target === undefined) return null;
  const event = resolveAction(world, state, action);
  return 'key' in event && event.key !== undefined ? event.key : null;
}

/** The action with the target by which its element now goes. */
function aimedAt(world: World, state: State, { action, key }: { readonly action: Action; readonly key: string }): Action | null {
  const { root } = render(world, state);
  const [element] = findAll(root, (each) => each.key === key);
  if (element === undefined) return null;
  const { role, name, nth } = accessiblePage(root, world.styles, { hover: state.hover, focus: state.focus }).describe(element);
  return { ...action, target: { role, name, nth } };
}
