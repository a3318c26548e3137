export { compileStyles } from './compile-styles.ts';
export type { Viewport } from './media.ts';
export { styleSheetsOf } from './style-sheets-of.ts';
