import type { StyledElement } from '../css/styled-element.ts';
import type { PageModel } from './page-model.ts';

/** How a name computation came to the element it looks at. A reference is told by whether it leads to something hidden. */
export interface Walk {
  readonly page: PageModel;
  /** Elements that gave their text already. */
  readonly visited: Set<StyledElement>;
  readonly includeHidden: boolean;
  /** The element to be named itself, something inside of it, or neither (behind a reference). */
  readonly place: 'self' | 'inside' | 'elsewhere';
  readonly via: Via;
  /** The text that stands for an element met on the way. */
  readonly read: (element: StyledElement, walk: Walk) => string;
}

/** By which references: each is absent, or tells whether the referred element is hidden. */
export interface Via {
  readonly labelledBy?: boolean;
  readonly label?: boolean;
  /** Through a legend, caption or figure caption. */
  readonly native?: boolean;
}

/** What the steps of a name computation know of the element at hand. */
export interface Subject {
  readonly walk: Walk;
  /** The walk for the element's descendants. */
  readonly inner: Walk;
  readonly role: string;
  readonly labelledBy: readonly StyledElement[] | null;
}
