import type { Action, Decision, DialogOutcome, Explanation, Observation, State, Target, World } from '@backlot/protocol';

/** A clone as engines take it. `dir` is its folder: the browser engine serves it, the text engine needs only the world. */
export interface Clone {
  readonly world: World;
  /** sha256 of the clone's world.json. */
  readonly hash: string;
  readonly dir?: string;
  /** Names the world where it is not the folder's but a variant of it, which is then served in its place. */
  readonly variant?: string;
}

/** How an episode begins: in the account's seed, led on by `setup`. */
export interface OpenOptions {
  readonly clone: Clone;
  readonly account: string;
  readonly setup?: readonly Action[];
  /** For engines that draw lots. */
  readonly seed?: number;
  /** The task, for the audit. */
  readonly task?: { readonly id: string; readonly instruction: string };
  /** Aborting it makes the next call of the episode throw the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What an action led to. A refused action leaves the state as it was. */
export interface ActResult {
  readonly observation: Observation;
  readonly explanation: Explanation;
  /** Why the action could not be carried out. */
  readonly refused?: string;
  /** Native dialogs that the action opened, in order; they are answered at once, see `Episode.act`. */
  readonly dialogs: readonly DialogOutcome[];
  /** What the policies in force said of the action; see `superviseEngine`. */
  readonly decision?: Decision;
}

/** A point of a picture, or how far a page is scrolled, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a page is looked at. */
export interface Look {
  /** How far it is scrolled; as far as it goes where that is less. */
  readonly scroll?: Point;
  /** Elements to be outlined, by their keys, with the sign that each gets. */
  readonly marks?: readonly { readonly key: string; readonly sign: string }[];
}

/** One attempt in a world of its own. Calls must not overlap. */
export interface Episode {
  observe(): Promise<Observation>;
  /**
   * Carries out one action. A dialog that it opens is answered as `action.dialog` says, else accepted. An element that
   * shows only while the pointer is over it or over something around it is acted on by pointing there first.
   * Does not throw for an action that cannot be done: see `refused`.
   * @throws InfraError where the engine itself failed
   */
  act(action: Action): Promise<ActResult>;
  /** The state as it stands: plain data, which `restore` of any engine takes. */
  state(): Promise<State>;
  /** Goes on from another state of the same world; states are never changed in place, so this is also how an episode forks. */
  restore(state: State): Promise<void>;
  /** What a person would see, as PNG; only engines with pixels have it. */
  picture?(look?: Look): Promise<Uint8Array>;
  /** Key of the element that a click at a point of the picture would reach; null where there is none. Only engines with pixels have it. */
  elementAt?(point: Point, look?: Look): Promise<string | null>;
  /** Where in the window an action on an element points; null where the element does not show. Only engines with pixels have it. */
  placeOf?(target: Target): Promise<Point | null>;
  close(): Promise<void>;
}

/** What executes episodes. Every engine passes the same conformance suite. */
export interface Engine {
  readonly name: 'text' | 'browser' | 'container';
  /** @throws SetupError where an action of `setup` is refused; InfraError where the engine failed */
  open(options: OpenOptions): Promise<Episode>;
  close(): Promise<void>;
}
