export { readClone, worldHash } from './read-clone.ts';
