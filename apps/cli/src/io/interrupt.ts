import { exitCodes } from './errors.ts';

const controller = new AbortController();
let owned = false;

/** The signal that Ctrl-C (and SIGTERM) aborts. A second Ctrl-C ends the process at once. */
export function interruptSignal(): AbortSignal {
  return controller.signal;
}

/** From now on an interrupt is the normal end of the command, not a broken run. */
export function ownInterrupts(): void {
  owned = true;
}

/** True where the user broke the run off. */
export function wasInterrupted(): boolean {
  return controller.signal.aborted && !owned;
}

const names = ['SIGINT', 'SIGTERM'] as const;

function onInterrupt(): void {
  if (controller.signal.aborted) process.exit(exitCodes.interrupted);
  controller.abort(new Error('Interrupted.'));
}

/** Starts to listen for Ctrl-C and SIGTERM. */
export function watchInterrupts(): void {
  for (const name of names) process.on(name, onInterrupt);
}

/** Does long work that gives the event loop no turn. An interrupt ends the process at once, so the work must leave nothing half done. */
export function blocking<T>(work: () => T): T {
  controller.signal.throwIfAborted();
  for (const name of names) process.off(name, onInterrupt);
  try {
    return work();
  } finally {
    for (const name of names) process.on(name, onInterrupt);
  }
}
