/** What a demonstration is of. */
export interface Task {
  /** The name of the application: the format's name of the kind of task. */
  readonly app: string;
  /** An address for its only page, which the format does not give. */
  readonly href: string;
}

/** Reads the name of the task from how a file begins; files that do not say it there are of `miniwob`. */
export function describeTask(head: string): Task {
  const start = head.slice(0, Math.max(head.indexOf('"states"'), 0));
  const json = /"taskName"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(start)?.[1];
  const app = (json === undefined ? '' : readText(json)).trim() || 'miniwob';
  return { app, href: `http://miniwob.invalid/${encodeURIComponent(app)}.html` };
}

function readText(json: string): string {
  try {
    return JSON.parse(json) as string;
  } catch {
    return '';
  }
}
