export type { Looks } from './emit/world.ts';
export type { Synthesis } from './synthesise.ts';
export { synthesise } from './synthesise.ts';
export { explainPage } from './clone/explain-page.ts';
export { nameAnchors } from './clone/name-anchors.ts';
export { wordRule } from './clone/word-rule.ts';
export type { CloneParts } from './clone/write-clone.ts';
export { writeClone } from './clone/write-clone.ts';
export { looksOf } from './looks.ts';
