export type { ServedClone, ServeOptions } from './serve-clone.ts';
export { serveClone } from './serve-clone.ts';
