import type { OwnMove } from '@backlot/protocol';
import { acts, refused, type Move, type Place } from '../move.ts';

/** Reads a move in our own dialect. */
export function readOwn({ kind, ref, target, value, dialog, answer }: OwnMove): Move {
  if (kind === 'done' || kind === 'gave_up') return { move: 'end', ending: kind, ...(answer === undefined ? {} : { answer }) };
  if (ref !== undefined && target !== undefined) return refused('Give a ref or a target, not both.');
  const place = placeOf(ref, target);
  return acts({
    kind,
    ...(place === undefined ? {} : { place }),
    ...(value === undefined ? {} : { value }),
    ...(dialog === undefined ? {} : { dialog }),
  });
}

function placeOf(ref: string | undefined, target: OwnMove['target']): Place | undefined {
  if (ref !== undefined) return { ref };
  return target === undefined ? undefined : { target: { role: target.role, name: target.name, nth: target.nth ?? 0 } };
}
