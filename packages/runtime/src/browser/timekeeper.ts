import type { State, Timer } from '@backlot/protocol';

/** Lets real time move the virtual clock, and only where a timer waits. */
export interface Timekeeper {
  /** Takes note of the timers of a new state. */
  arm(state: State): void;
  /** Stops real time (`true`) or lets it run again; timers that wait start over with what was left. */
  hold(held: boolean): void;
}

/**
 * `advance` is called when a timer is due, with the virtual milliseconds up to it: the virtual clock does not depend on how
 * punctual the browser is. A timer that a rule sets anew waits its whole time again.
 */
export function createTimekeeper(advance: (ms: number) => void): Timekeeper {
  let deadlines = new Map<Timer, number>();
  let held = false;
  let handle: number | undefined;
  let latest: State | null = null;

  const schedule = (): void => {
    window.clearTimeout(handle);
    const next = [...deadlines].sort((a, b) => a[1] - b[1])[0];
    if (held || !next) return;
    const [timer, deadline] = next;
    handle = window.setTimeout(() => advance(Math.max(0, timer.due - (latest?.clock ?? 0))), Math.max(0, deadline - performance.now()));
  };

  return {
    arm(state) {
      latest = state;
      const now = performance.now();
      deadlines = new Map(state.timers.map((timer) => [timer, deadlines.get(timer) ?? now + timer.due - state.clock]));
      schedule();
    },
    hold(value) {
      held = value;
      deadlines = new Map();
      if (latest) this.arm(latest);
    },
  };
}
