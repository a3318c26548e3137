export { assetFinder, rewriteAssetUrls, rewriteCssUrls, rewriteSrcset } from './asset-urls.ts';
export type { AssetFinder } from './asset-urls.ts';
export { assetPath } from './assets.ts';
export { explainPage } from './explain-page.ts';
export type { NameAnchor } from './word-expr.ts';
export { wordExpr, wordLoop, wordQuery, wordValue } from './word-expr.ts';
export { wordEffect, wordRule, wordThen, wordTrigger } from './word-rule.ts';
export type { CloneParts } from './write-clone.ts';
export { writeClone } from './write-clone.ts';
