export type { LogMeta } from './meta.ts';
export type { LogProgress, ReadLogsOptions } from './read-logs.ts';
export { readLogs } from './read-logs.ts';
