import type { Action, Evidence, Row, Trigger, Value } from '@backlot/protocol';
import type { AskRequest } from './asker.ts';

/** A part of a page's template that an expression fills: an attribute of an element, or one of its texts by place among its kids. */
export type HolePlace =
  | { readonly page: string; readonly anchor: string; readonly attr: string }
  | { readonly page: string; readonly anchor: string; readonly kid: number };

/** Lines that one snapshot has and another lacks. */
export interface LineChange {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Rows and registers, reduced to what matters. */
export interface Facts {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly registers: Readonly<Record<string, Value>>;
}

/** One logged step that a rule or a hole must explain. */
export interface Occasion {
  readonly evidence: Evidence;
  readonly action: Action;
  readonly url: { readonly before: string; readonly after: string };
  /** Rows around the acted element, by the name that the template gives them. */
  readonly rows: Readonly<Record<string, Row>>;
  /** Live values of form fields by element key. */
  readonly fields: Readonly<Record<string, string | boolean>>;
  readonly state: Facts;
  /** What the world as it is changes of it. */
  readonly changes: Facts;
  /** What the logged page lost and got. */
  readonly page: LineChange;
  /** What the world as it is shows wrongly (`removed`) and lacks (`added`). */
  readonly miss: LineChange;
  /** True where the world had gone another way before, so that its state may be wrong. */
  readonly drifted: boolean;
}

/** Something that the world does not explain, or explains in more than one way. */
export type Problem = { readonly why: string; readonly occasions: readonly Occasion[] } & (
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'exception'; readonly on: Trigger }
  | { readonly kind: 'hole'; readonly at: HolePlace }
);

/** A question about one problem. What the sessions `held` show is kept back: a proposal must hold there too. */
export interface Question {
  readonly id: string;
  readonly problem: Problem;
  readonly shown: readonly string[];
  readonly held: readonly string[];
  readonly request: AskRequest;
}
