import type { Certainty, Rule, State, Value, World } from '@backlot/protocol';
import type { Scope } from './evaluate.ts';
import { enterLoops, evaluate } from './evaluate.ts';
import { toBoolean } from './functions.ts';
import { indexOf } from './page-index.ts';
import { currentPage, pageScope } from './render.ts';

/** A state on its way through one event, with what has been found out about it. */
export interface Course {
  readonly world: World;
  readonly state: State;
  readonly fired: readonly string[];
  readonly certainty: Certainty;
  readonly notes: readonly string[];
  readonly refused?: string;
  /** Redirects still allowed: a learned loop ends here. */
  readonly hops: number;
}

export const worse = (a: Certainty, b: Certainty): Certainty => (a === 'unseen' || b === 'unseen' ? 'unseen' : a === 'ambiguous' ? a : b);

export function note(course: Course, text: string, certainty: Certainty = course.certainty): Course {
  return { ...course, notes: [...course.notes, text], certainty: worse(course.certainty, certainty) };
}

export function withState(course: Course, state: State): Course {
  return { ...course, state };
}

/** What can be seen from an element: the rows around it, and the event's arguments. */
export function scopeAt(course: Course, key: string, args: Readonly<Record<string, Value>>): Scope {
  const at = currentPage(course.world, course.state);
  const [anchor, ...ids] = key.split(':');
  const loops = at.page
    ? (indexOf(course.world)
        .anchors.get(at.page.id)
        ?.get(anchor as string)?.loops ?? [])
    : [];
  return enterLoops(loops, ids, { ...pageScope(course.world, course.state, at), args });
}

export const holds = (rule: Rule, scope: Scope): boolean => !rule.when || toBoolean(evaluate(rule.when, scope));
