export { ariaSnapshot, renderAria, type NodeMark } from './aria-snapshot.ts';
export { ariaTree, pointableTree, type AriaNode } from './aria-tree.ts';
export type { AriaStates } from './states.ts';
export { actedOnRoles } from './roles.ts';
export { underPointer, type PointedPage } from './under-pointer.ts';
export {
  accessibleElements,
  accessiblePage,
  describeElement,
  type AccessibleElement,
  type AccessiblePage,
  type DescribedElement,
} from './targets.ts';
