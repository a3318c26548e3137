export type { Looks } from './emit/world.ts';
export type { Synthesis } from './synthesise.ts';
export { synthesise } from './synthesise.ts';
export { explainPage } from './clone/explain-page.ts';
export type { Detail, Found } from './clone/explain-detail.ts';
export { detailOf } from './clone/explain-detail.ts';
export type { Hole } from './clone/explain-holes.ts';
export type { Overview } from './clone/explain-overview.ts';
export { overviewOf } from './clone/explain-overview.ts';
export type { RuleFacts, TableFacts } from './clone/explain-world.ts';
export { wordEvidence } from './clone/word-evidence.ts';
export { wordValue } from './clone/word-expr.ts';
export { nameAnchors } from './clone/name-anchors.ts';
export { wordRule } from './clone/word-rule.ts';
export type { CloneParts } from './clone/write-clone.ts';
export { writeClone } from './clone/write-clone.ts';
export { looksOf } from './looks.ts';
export type { PageDifference, PageMiss, Replay, RoundTrip, StepMiss } from './gates/index.ts';
export { replaySteps, roundTripPages } from './gates/index.ts';
export type {
  Answer,
  Asker,
  AskRequest,
  Decision,
  Facts,
  HolePlace,
  JsonSchema,
  LineChange,
  Occasion,
  Problem,
  Proof,
  Proposals,
  ProposeOptions,
  Prove,
  Question,
  SessionProof,
  Spent,
} from './propose/index.ts';
export { decide, problemsOf, propose, provable, prover, questionsOf } from './propose/index.ts';
export { canonical } from './canonical.ts';
export { assetFinder } from './clone/asset-urls.ts';
