/** What a demonstration is of. */
export interface Task {
  /** The name of the application: the format's name of the kind of task. */
  readonly app: string;
  /** An address for its only page, which the format does not give. */
  readonly href: string;
}

/** Reads the name of the task from how a file begins; a file that does not say it there is of `demonstration`. */
export function describeTask(head: string): Task {
  const start = head.slice(0, Math.max(head.indexOf('"states"'), 0));
  const json = /"taskName"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(start)?.[1];
  const app = (json === undefined ? '' : readText(json)).trim() || 'demonstration';
  return { app, href: `http://demonstration.invalid/${encodeURIComponent(app)}.html` };
}

function readText(json: string): string {
  try {
    return JSON.parse(json) as string;
  } catch {
    return '';
  }
}
