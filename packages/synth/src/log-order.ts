import type { LogSet } from '@backlot/protocol';

/** The logs with their sessions by id: in whatever order they come, the same is learned of them. */
export function inOrder(logs: LogSet): LogSet {
  return { ...logs, sessions: logs.sessions.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) };
}
