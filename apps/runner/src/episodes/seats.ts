import { ServiceError } from '../errors.ts';

/** The right to keep an episode open. It is lost when nobody uses it for too long. */
export interface Seat {
  /** Tells that it is in use. */
  touch(): void;
  /** Milliseconds since it was used last. */
  idleMs(): number;
  release(): void;
}

/** So many episodes may be open at a time. */
export interface Seats {
  /**
   * Takes a seat; `expire` is told when nobody has used it for too long.
   * @throws ServiceError `CAPACITY_REACHED` where all are taken, `DRAINING` where the service ends
   */
  take(expire: (why: string) => void): Seat;
  /** Seats that are taken in the whole service. */
  taken(): number;
  /** Those of them that are held here. */
  held(): number;
  readonly max: number;
  /** No seat is given any more. */
  drain(): void;
  isDraining(): boolean;
  /** Looks for seats that nobody uses. */
  reap(): void;
}

/** What limits seats. Times are milliseconds of `now`, a clock that never jumps. */
export interface SeatLimits {
  readonly max: number;
  readonly idleMs: number;
  readonly now: () => number;
  /** How many are taken, also by other threads; without it nobody else takes any. */
  readonly count?: SeatCount;
}

/** Counts the seats that are taken of those that several threads share. */
export interface SeatCount {
  all(): number;
  /** False, and nothing is taken, where `max` are. */
  take(max: number): boolean;
  release(): void;
}

/** Counts the seats of one thread alone. */
function ownCount(): SeatCount {
  let taken = 0;
  return { all: () => taken, take: (max) => taken < max && ++taken > 0, release: () => void (taken -= 1) };
}

export function createSeats({ max, idleMs, now, count = ownCount() }: SeatLimits): Seats {
  const held = new Map<Seat, (why: string) => void>();
  let isDraining = false;
  const leave = (seat: Seat): void => {
    if (held.delete(seat)) count.release();
  };
  return {
    max,
    taken: () => count.all(),
    held: () => held.size,
    drain: () => void (isDraining = true),
    isDraining: () => isDraining,
    take(expire) {
      if (isDraining) throw new ServiceError('DRAINING', 'The service is ending and begins no more episodes.');
      if (!count.take(max)) {
        const message = `All ${max} episodes that this service keeps are open: close one, or try again later.`;
        throw new ServiceError('CAPACITY_REACHED', message, { active_sessions: count.all(), max_sessions: max });
      }
      let used = now();
      const seat: Seat = { touch: () => void (used = now()), idleMs: () => now() - used, release: () => leave(seat) };
      held.set(seat, expire);
      return seat;
    },
    reap() {
      for (const [seat, expire] of held) {
        if (seat.idleMs() < idleMs) continue;
        leave(seat);
        expire(`Nobody used the episode for ${Math.round(idleMs / 1000)} s.`);
      }
    },
  };
}
