import type { Page, DomElement, State } from '@backlot/protocol';
import { currentUrl } from './evaluate.ts';
import { previousUrl } from './expr/scope.ts';

/** The page that a state shows. `page` is null where no page was learned for the address. */
export interface Rendering {
  readonly page: Page | null;
  readonly params: Readonly<Record<string, string>>;
  readonly root: DomElement;
}

/** A rendering for as long as it is kept. */
interface Picture {
  rendering: Rendering | null;
}

/** How many pictures of states that are still in use are kept: about as many as there are episodes at once, each coming back to its own. */
const mostPictures = 2048;
/** How many of the latest states are looked through for one that looks alike: an event passes through few. */
const mostAlike = 8;

/** What states of one world showed, for as long as they are in use themselves. States never change. */
export class Album {
  readonly #ofStates = new WeakMap<State, Picture>();
  /** Every picture, oldest first. */
  readonly #pictures = new Set<WeakRef<Picture>>();
  /** The latest states, newest first. */
  readonly #latest: { readonly state: State; readonly picture: Picture }[] = [];

  /** What the state, or one that looks alike, showed; null where that is not known any more. */
  find(state: State): Rendering | null {
    const picture = this.#ofStates.get(state) ?? this.#latest.find((other) => looksAlike(other.state, state))?.picture;
    if (picture === undefined || picture.rendering === null) return null;
    this.#hold(state, picture);
    return picture.rendering;
  }

  keep(state: State, rendering: Rendering): void {
    const picture = { rendering };
    this.#pictures.add(new WeakRef(picture));
    this.#hold(state, picture);
    if (this.#pictures.size > mostPictures) this.#thin();
  }

  #hold(state: State, picture: Picture): void {
    if (this.#latest[0]?.state === state) return;
    this.#ofStates.set(state, picture);
    this.#latest.unshift({ state, picture });
    if (this.#latest.length > mostAlike) this.#latest.pop();
  }

  /** Forgets pictures of states that nobody has any more, and where that is too little, the oldest quarter. */
  #thin(): void {
    for (const ref of this.#pictures) if (ref.deref() === undefined) this.#pictures.delete(ref);
    if (this.#pictures.size <= (3 / 4) * mostPictures) return;
    let left = this.#pictures.size - (3 / 4) * mostPictures;
    for (const ref of this.#pictures) {
      if (left-- <= 0) return;
      const picture = ref.deref();
      if (picture !== undefined) picture.rendering = null;
      this.#pictures.delete(ref);
    }
  }
}

/** Pointer, focus, dialog and time leave no trace in the DOM; of the way that led there, only the address of the page before does. */
function looksAlike(a: State, b: State): boolean {
  if (a.tables !== b.tables || a.registers !== b.registers || a.drafts !== b.drafts || a.posted !== b.posted) return false;
  return a.history === b.history || (currentUrl(a) === currentUrl(b) && previousUrl(a) === previousUrl(b));
}
