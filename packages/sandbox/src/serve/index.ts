export type { Caller, CallerRefusal } from './callers.ts';
export { bearerOf, checkListening, refusalOf } from './callers.ts';
export type { Place } from './listen.ts';
export { closeServer, listen } from './listen.ts';
export type { ServedClone, ServeOptions } from './serve-clone.ts';
export { serveClone } from './serve-clone.ts';
