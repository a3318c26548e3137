export type { Act, Refusal } from './act.ts';
export { act, isReachable, resolveAction } from './act.ts';
export * from './aria/index.ts';
export * from './css/index.ts';
export type { EffectContext, Emitted, Outcome } from './effects.ts';
export { added, applyEffects, candidate } from './effects.ts';
export type { Scope } from './evaluate.ts';
export { bindRow, currentUrl, enterLoops, evaluate, loopRows, select } from './evaluate.ts';
export {
  formData,
  isBox,
  isFocusable,
  isSubmitter,
  isTextField,
  labelledControl,
  optionLabel,
  optionLabelled,
  optionValue,
  selectValue,
  textTypes,
  toQuery,
} from './forms.ts';
export { compareValues, functions, toBoolean, toNumber, toText } from './functions.ts';
export type { Lift, Lifted } from './lift.ts';
export { lift } from './lift.ts';
export type { Contents, Furniture, Heading, Piece } from './markup/index.ts';
export {
  contentsOf,
  furnish,
  headingsIn,
  htmlGrammar,
  isPiece,
  isTool,
  listedHeadings,
  markupValue,
  readMarkupValue,
  renderMarkup,
  spell,
  tidy,
  unfurnish,
} from './markup/index.ts';
export { mulberry32 } from './mulberry32.ts';
export { observe } from './observe.ts';
export { own } from './own.ts';
export type { AnchorInfo, WorldIndex } from './page-index.ts';
export { indexOf, matchingPages } from './page-index.ts';
export type { Rendering } from './render.ts';
export { reset } from './reset.ts';
export { anchorOf, currentPage, elementKey, pageScope, render, titleOf } from './render.ts';
export type { Address } from './route.ts';
export {
  bySpecificity,
  isOutside,
  isSameDocument,
  matchPage,
  matchPath,
  matchQuery,
  parseAddress,
  resolveAddress,
  withoutHash,
} from './route.ts';
export { blankState, forgetPage, fork, fromJSON, seeded, toJSON } from './state.ts';
export { changedPlaces, occasionOf, withoutTrial } from './trial.ts';
export type { Transition } from './transition.ts';
export { transition } from './transition.ts';
export { findAll, findElement, pathToElement, pathToKey, textOf } from './walk.ts';
export type { SuggestionLook, SuggestionWays } from './functions/suggestions.ts';
export { completedPart, suggest, suggestionMarkup } from './functions/suggestions.ts';
