import type { UiEvent } from '@backlot/protocol';
import type { ElementPattern, Instance } from '../template/pattern.ts';

/** What set something off: an event at an element of a page. */
export interface UiOrigin {
  readonly page: string;
  readonly element: ElementPattern;
  /** Anchor of the element, or the one that stands for it on all pages that share it. */
  readonly anchor: string;
  readonly instance: Instance;
  readonly event: UiEvent;
  readonly key?: string;
}
