import type { Grammar } from './grammar.ts';

/** A cell, a register, or the result of an expression. */
export type Value = string | number | boolean | null | readonly Value[];

/** A row of a table. `id` is the world's own and never shown. */
export interface Row {
  readonly id: string;
  readonly [column: string]: Value;
}

/**
 * A small, total, typed language of queries and values. It always ends and reaches nothing outside the state.
 * - `lit` a constant; `reg` a register; `arg` an argument of the event (`value`, `checked`, `key`, form field names of a request);
 * - `field` the live value of the form field at that anchor, in the row where the event happened;
 * - `col` a cell of the row bound to `of` (default: the innermost bound row);
 * - `param` a path variable or query parameter of the current address; `loc` a part of that address, or the address before it (`previous`);
 * - `fn` a function of `functions.ts` in `packages/world`;
 * - `count`, `sum`, `first`, `collect` aggregate a query (`first` gives `get` for its first row, else null; `collect` for all, a list).
 */
export type Expr =
  | { readonly lit: Value }
  | { readonly reg: string }
  | { readonly arg: string }
  | { readonly field: string }
  | { readonly col: string; readonly of?: string }
  | { readonly param: string }
  | { readonly loc: 'path' | 'search' | 'hash' | 'href' | 'previous' }
  | { readonly fn: string; readonly args: readonly Expr[] }
  | { readonly count: Query }
  | { readonly sum: Query; readonly get: Expr }
  | { readonly first: Query; readonly get: Expr }
  | { readonly collect: Query; readonly get: Expr };

/** Rows of a table, each bound to `as` while `where` and `order` are evaluated. */
export interface Query {
  readonly from: string;
  readonly as: string;
  readonly where?: Expr;
  readonly order?: readonly { readonly by: Expr; readonly desc?: boolean }[];
  readonly offset?: Expr;
  readonly limit?: Expr;
}

/**
 * The items of a list value, each bound to `as` as a row: its `id` is its place (from 0), its columns `c0`, `c1`, … are the item's
 * parts where it is a list itself, else `c0` is the item.
 */
export interface ValueLoop {
  readonly values: Expr;
  readonly as: string;
}

/** What a template repeats over. */
export type Loop = Query | ValueLoop;

/** A constant, or an expression: `null` and `false` leave the attribute out, `true` writes it empty. */
export type Attribute = string | Expr;

/**
 * A page with holes. Every element has an `anchor`, unique in its page: the name that rules use for it.
 * - `markup` renders its source through a learned grammar of the world.
 */
export type Template =
  | {
      readonly el: string;
      readonly anchor: string;
      readonly svg?: boolean;
      readonly attrs: Readonly<Record<string, Attribute>>;
      readonly kids: readonly Template[];
    }
  | { readonly text: string | Expr }
  | { readonly each: Loop; readonly kids: readonly Template[] }
  | { readonly when: Expr; readonly kids: readonly Template[]; readonly else?: readonly Template[] }
  | { readonly markup: Expr; readonly grammar: string };

/** Where something was learned. */
export interface Evidence {
  readonly session: string;
  readonly step: number;
}

/**
 * Addresses of a page. `route` is a path pattern (`/items/:id`, `*` matches the rest); `query` names parameters that must be
 * present (with the value, or with any where null); `hash` a pattern for the fragment; `posted` names fields that a form must have sent to
 * get the document, where its address does not say them.
 */
export interface PageRoute {
  readonly route: string;
  readonly query?: Readonly<Record<string, string | null>>;
  readonly hash?: string;
  readonly posted?: Readonly<Record<string, string | null>>;
}

/**
 * A kind of page with its addresses; `also` names further ones. Where several pages match an address, those that match it most
 * specifically come first (paths without variables, more fixed segments, more query parameters and fields sent), then those that stand first in the
 * world; the first whose `when` holds is shown.
 */
export interface Page extends PageRoute {
  readonly id: string;
  readonly also?: readonly PageRoute[];
  readonly when?: Expr;
  readonly title: string | Expr;
  /** The `html` element. */
  readonly template: Template;
  readonly evidence: readonly Evidence[];
}

export const uiEvents = ['click', 'dblclick', 'input', 'change', 'key', 'hover', 'focus', 'blur', 'submit'] as const;
export type UiEvent = (typeof uiEvents)[number];

/** What sets a rule off. A `request` belongs to the application's address whatever page sent it; its `query` is what address or form say. */
export type Trigger =
  | { readonly ui: { readonly page: string; readonly anchor: string; readonly event: UiEvent; readonly key?: string } }
  | { readonly request: { readonly method: string; readonly route: string; readonly query?: Readonly<Record<string, string | null>> } }
  | { readonly open: string }
  | { readonly timer: string };

/** A change of state. All expressions of one rule see the state before the rule. In `where`, the row looked at is bound to `it`. */
export type Effect =
  | { readonly insert: string; readonly row: Readonly<Record<string, Expr>>; readonly at: 'start' | 'end' }
  | { readonly update: string; readonly where: Expr; readonly set: Readonly<Record<string, Expr>> }
  | { readonly delete: string; readonly where: Expr }
  | { readonly forEach: Query; readonly do: readonly Effect[] }
  | { readonly if: Expr; readonly do: readonly Effect[] }
  | { readonly set: string; readonly to: Expr }
  | { readonly draft: string; readonly to: Expr | null }
  | { readonly focus: string | null }
  | { readonly emit: { readonly method: string; readonly url: Expr; readonly form: Readonly<Record<string, Expr>> } }
  | { readonly after: number; readonly timer: string };

/**
 * Where a rule leads. `default` lets the browser do what it would have done (follow the link, toggle the box, send the form).
 * A `soft` go changes the address without loading a document, so page-scope state stays.
 */
export type Then =
  | 'default'
  | 'stay'
  | 'back'
  | 'redirectBack'
  | { readonly go: Expr; readonly soft?: boolean }
  | {
      readonly dialog: {
        readonly type: 'alert' | 'confirm' | 'prompt';
        readonly message: Expr;
        readonly accept: readonly Effect[];
        readonly then: Then;
      };
    };

export const certainties = ['certain', 'ambiguous', 'unseen'] as const;
/** `certain`: every hypothesis that fits agrees; `ambiguous`: they differ; `unseen`: no evidence, a fallback. */
export type Certainty = (typeof certainties)[number];

export interface Rule {
  readonly id: string;
  readonly on: Trigger;
  readonly when?: Expr;
  readonly do: readonly Effect[];
  readonly then: Then;
  readonly evidence: readonly Evidence[];
  readonly certainty: Certainty;
  /** Share of the evidence's occasions on which the rule held. */
  readonly probability: number;
  /** What else fits the evidence, in words, where the rule is ambiguous. */
  readonly alternatives?: readonly string[];
}

/** A column of a table. `scope: page` columns fall back to `initial` whenever a document is loaded. */
export interface Column {
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean' | 'list';
  readonly scope: 'page' | 'server';
  readonly initial: Value;
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Column that identifies a row to people, for wording. */
  readonly label?: string;
}

/** `page` registers are lost by a document load, `tab` ones by closing the tab, `browser` and `server` ones by a new episode. */
export const scopes = ['page', 'tab', 'browser', 'server'] as const;
export type Scope = (typeof scopes)[number];

export interface Register {
  readonly name: string;
  readonly scope: Scope;
  readonly initial: Value;
}

/** A remembered transition that no rule explains: replayed only in exactly this situation, and counted. */
export interface Exception {
  readonly evidence: Evidence;
  readonly why: string;
}

/**
 * What CSS decides of the accessibility snapshot, compiled at synthesis: rules in cascade order (weakest first).
 * `selector` is one complex selector without a pseudo-element, read by `packages/world/src/css`. Values are CSS text
 * and may use `var()`. A media condition that holds at the recorded viewport is already resolved; others are dropped.
 */
export interface StyleRule {
  readonly selector: string;
  readonly specificity: number;
  /** The generated box that the rule styles; the element itself where absent. */
  readonly pseudo?: 'before' | 'after';
  /** Stronger than an inline style. Important rules stand after all others. */
  readonly important?: true;
  readonly display?: string;
  readonly visibility?: string;
  /** `position` and `float` decide whether an inline box becomes a block, so whether its text stands apart. */
  readonly position?: string;
  readonly float?: string;
  readonly content?: string;
  readonly contentVisibility?: string;
  /** Custom properties that values of some rule refer to, by name with the leading `--`. */
  readonly vars?: Readonly<Record<string, string>>;
}

/** Rows and registers with which an account begins. */
export interface Seed {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly registers: Readonly<Record<string, Value>>;
}

/** How often something came out right, and how often wrong. */
export type Outcomes = readonly [right: number, wrong: number];

/**
 * How a world fared when the sessions that it was learned from were played in it, each step from the real page before it: what its word
 * about its own certainty rests on. Steps that none of it speaks of count as a mean one of their kind does.
 */
export interface Trial {
  /** By what was done on which page (see `occasionOf` of the world's package): the next page, as a whole. */
  readonly occasions: Readonly<Record<string, Outcomes>>;
  /** By anchor, of the steps that changed the element: its own lines of the next page. Empty where none ever was wrong. */
  readonly places: Readonly<Record<string, Outcomes>>;
}

/** The learned model of one application, as data. Everything a clone executes is in here. */
export interface World {
  readonly v: 1;
  readonly app: string;
  readonly viewport: { readonly width: number; readonly height: number };
  /** Address at which most sessions began. */
  readonly start: string;
  readonly defaultAccount: string;
  readonly tables: readonly Table[];
  readonly registers: readonly Register[];
  readonly seeds: Readonly<Record<string, Seed>>;
  readonly pages: readonly Page[];
  readonly rules: readonly Rule[];
  readonly styles: readonly StyleRule[];
  /** What `markup` templates name; the name `html` is taken by remembered content. */
  readonly grammars?: Readonly<Record<string, Grammar>>;
  /** Style sheet text, in order, with asset addresses already pointing into the clone. */
  readonly css: readonly string[];
  readonly exceptions: readonly Exception[];
  readonly trial?: Trial;
}

/** A native dialog that waits for an answer. */
export interface OpenDialog {
  readonly type: 'alert' | 'confirm' | 'prompt';
  readonly message: string;
  readonly rule: string;
  readonly bindings: Readonly<Record<string, string>>;
  readonly args: Readonly<Record<string, Value>>;
}

export interface Timer {
  readonly name: string;
  readonly due: number;
}

/** Everything a world remembers. Plain, persistent data: a fork is a pointer and a snapshot is JSON. */
export interface State {
  readonly v: 1;
  readonly account: string;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly registers: Readonly<Record<string, Value>>;
  /** Live values of form fields by element key: text, or true/false for boxes. Absent: what the template says. */
  readonly drafts: Readonly<Record<string, string | boolean>>;
  readonly focus: string | null;
  readonly hover: string | null;
  readonly history: { readonly entries: readonly string[]; readonly index: number };
  /** Fields that a form sent to get the document shown, where its address does not say them: parameters of the page all the same. */
  readonly posted?: Readonly<Record<string, string>>;
  readonly dialog: OpenDialog | null;
  /** Virtual milliseconds since the episode began. */
  readonly clock: number;
  readonly timers: readonly Timer[];
  /** Next number for a fresh row id. */
  readonly serial: number;
}

/** What happens to a world. `key` names an element of the rendered page. */
export type WorldEvent =
  | { readonly type: 'click' | 'dblclick' | 'hover'; readonly key: string }
  | { readonly type: 'fill'; readonly key: string; readonly value: string }
  | { readonly type: 'select'; readonly key: string; readonly value: string }
  | { readonly type: 'check'; readonly key: string; readonly checked: boolean }
  | { readonly type: 'press'; readonly key?: string; readonly name: string }
  | { readonly type: 'goto'; readonly url: string }
  | { readonly type: 'back' | 'forward' | 'reload' }
  | { readonly type: 'dialog'; readonly accept: boolean; readonly text?: string }
  | { readonly type: 'advance'; readonly ms: number };

/** Why a transition came out as it did. */
export interface Explanation {
  /** Rules that fired, in order; empty where only the browser's own behaviour applied. */
  readonly rules: readonly string[];
  readonly certainty: Certainty;
  /** How likely it is that this is what the real application shows next, where the world was put on trial. */
  readonly probability?: number;
  /** Set where the event could not be carried out (no such element, disabled, hidden). The state is then unchanged. */
  readonly refused?: string;
  /** In words, for the audit and for feedback. */
  readonly note: string;
}

/** What can be seen: the accessibility snapshot in Playwright's form, address, title and waiting dialog. */
export interface Observation {
  readonly aria: string;
  readonly url: string;
  readonly title: string;
  readonly dialog: { readonly type: string; readonly message: string } | null;
  readonly clock: number;
}
