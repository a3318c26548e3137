export type { LogMeta } from './meta.ts';
export type { LogProgress, ReadLogsOptions } from './read-logs.ts';
export { readLogs } from './read-logs.ts';
export { alignBy } from './score/align.ts';
export type { KindScore, Miss, ScoredAction, SessionScore } from './score/score-actions.ts';
export { scoreActions, sumScores } from './score/score-actions.ts';
export type { Viewport } from './styles/index.ts';
export { compileStyles, styleSheetsOf } from './styles/index.ts';
