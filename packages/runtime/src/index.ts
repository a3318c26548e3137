export type { Backlot, Change } from './browser/api.ts';
export { bundleRuntime } from './bundle.ts';
export { indexPage } from './index-page.ts';
