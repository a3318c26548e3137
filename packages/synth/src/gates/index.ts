export type { PageDifference } from './page-difference.ts';
export type { PageMiss, RoundTrip } from './round-trip-pages.ts';
export { roundTripPages } from './round-trip-pages.ts';
export type { Replay, StepMiss } from './replay-steps.ts';
export { replaySteps } from './replay-steps.ts';
