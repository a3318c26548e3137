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
  taken(): number;
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
}

export function createSeats({ max, idleMs, now }: SeatLimits): Seats {
  const held = new Map<Seat, (why: string) => void>();
  let isDraining = false;
  return {
    max,
    taken: () => held.size,
    drain: () => void (isDraining = true),
    isDraining: () => isDraining,
    take(expire) {
      if (isDraining) throw new ServiceError('DRAINING', 'The service is ending and begins no more episodes.');
      if (held.size >= max) {
        const message = `All ${max} episodes that this service keeps are open: close one, or try again later.`;
        throw new ServiceError('CAPACITY_REACHED', message, { active_sessions: held.size, max_sessions: max });
      }
      let used = now();
      const seat: Seat = { touch: () => void (used = now()), idleMs: () => now() - used, release: () => void held.delete(seat) };
      held.set(seat, expire);
      return seat;
    },
    reap() {
      for (const [seat, expire] of held) {
        if (seat.idleMs() < idleMs) continue;
        held.delete(seat);
        expire(`Nobody used the episode for ${Math.round(idleMs / 1000)} s.`);
      }
    },
  };
}
