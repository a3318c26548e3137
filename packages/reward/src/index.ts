export { compileVerifier } from './compile-verifier.ts';
export type { Cost, CostModel } from './cost.ts';
export { costOf, defaultCostModel, learnCostModel } from './cost.ts';
export type { Span } from './goals.ts';
export type { Change } from './net-change.ts';
export { differingColumns, lastingColumns, netChange } from './net-change.ts';
export type { Judgement } from './verify.ts';
export { potential, verify } from './verify.ts';
export { sayRow, sayValue } from './wording.ts';
