import type { Action, DomElement, Explanation, Observation, State, Target, World } from '@backlot/protocol';
import { currentUrl, lift, reset, resolveAddress } from '@backlot/world';
import { refusal } from '../engine/explain.ts';
import type { ActResult, Episode, Point } from '../engine/port.ts';
import { stepText } from '../text/text-engine.ts';

/** A page of a real application as it stands. */
export interface RealView {
  /** Relative to the application; absolute where the page is outside of it. */
  readonly url: string;
  readonly title: string;
  readonly aria: string;
  /** The document in the canonical form that worlds are learned from. */
  readonly root: DomElement;
}

/** A page of a real application that can be looked at and acted on. */
export interface RealPage {
  look(): Promise<RealView>;
  /** @throws where the action can't be carried out */
  act(action: Action): Promise<void>;
  picture(): Promise<Uint8Array>;
  /** Where in the window an action on an element points; null where it does not show. */
  placeOf?(target: Target): Promise<Point | null>;
  close(): Promise<void>;
}

/**
 * An episode in a real application, with its clone beside it: what the application is believed to hold is read off the page before and
 * after every action, and what no page shows is carried along as the clone says. Nothing in a real application can be set back.
 */
export class RealEpisode implements Episode {
  readonly #page: RealPage;
  readonly #world: World;
  #belief: State;
  #view: RealView | null = null;

  constructor(page: RealPage, { world, account }: { readonly world: World; readonly account: string }) {
    this.#page = page;
    this.#world = world;
    this.#belief = reset(world, account);
  }

  async observe(): Promise<Observation> {
    return this.#see(await this.#look());
  }

  async act(wanted: Action): Promise<ActResult> {
    const action = this.#resolved(wanted);
    const foretold = stepText(this.#world, this.#belief, action);
    const failed = await this.#page.act(action).then(
      () => null,
      (error: Error) => (error.message.split('\n')[0] ?? '').trim() || 'It can’t be done.',
    );
    if (failed === null && foretold.explanation.refused === undefined) this.#belief = foretold.state;
    const observation = this.#see(await this.#look());
    if (failed !== null) return { observation, explanation: refusal(failed), refused: failed, dialogs: [] };
    const { refused, ...explanation } = foretold.explanation;
    const said: Explanation =
      refused === undefined ? explanation : { ...explanation, certainty: 'unseen', note: `The clone would not do it: ${refused}` };
    return { observation, explanation: said, dialogs: foretold.dialogs };
  }

  /** What the application is believed to hold, in the clone's terms. */
  async state(): Promise<State> {
    if (this.#view === null) await this.#look();
    return this.#belief;
  }

  /** The application's page as it was last seen, in the canonical form. */
  shown(): DomElement {
    if (this.#view === null) throw new Error('The application has not been looked at yet: observe first.');
    return this.#view.root;
  }

  async restore(): Promise<void> {
    throw new Error('A real application can’t be set back.');
  }

  picture(): Promise<Uint8Array> {
    return this.#page.picture();
  }

  async placeOf(target: Target): Promise<Point | null> {
    return (await this.#page.placeOf?.(target)) ?? null;
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  /** An address is relative to the page, for the application as it was for whoever judged it. */
  #resolved(action: Action): Action {
    return action.kind === 'goto' ? { ...action, value: resolveAddress(currentUrl(this.#belief), action.value ?? '') } : action;
  }

  async #look(): Promise<RealView> {
    const view = await this.#page.look();
    this.#view = view;
    const { url, root } = view;
    this.#belief = lift(this.#world, arrived(this.#belief, url), { url, root }).state;
    return view;
  }

  #see({ url, title, aria }: RealView): Observation {
    return { url, title, aria, dialog: null, clock: this.#belief.clock };
  }
}

/** Where the application is at another address than the clone, the history gets an entry for it. */
function arrived(state: State, url: string): State {
  const { entries, index } = state.history;
  if (entries[index] === url) return state;
  return { ...state, history: { entries: [...entries.slice(0, index + 1), url], index: index + 1 } };
}
