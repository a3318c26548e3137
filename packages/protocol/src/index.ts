export * from './action.ts';
export * from './dom.ts';
export * from './grammar.ts';
export * from './session.ts';
export * from './task.ts';
export * from './world-schema.ts';
export * from './world.ts';
