import type { Action, Certainty, ChangeKind, Target } from '@backlot/protocol';

/** One change of lasting data that an action is foreseen to make. */
export interface ForeseenChange {
  readonly how: ChangeKind;
  /** Table, or name of the register. */
  readonly table: string;
  /** Id of the record, where it is known which. */
  readonly record?: string;
  /** Columns written; empty for a record that goes. */
  readonly columns: readonly string[];
  /** What is written into them, as text. */
  readonly values: readonly string[];
  /** The change in words. */
  readonly says: string;
}

/** What an action is foreseen to lead to. */
export interface Foresight {
  readonly certainty: Certainty;
  readonly changes: readonly ForeseenChange[];
  /** Whether the state before can't be reached again; null where that could not be found out. */
  readonly irreversible: boolean | null;
  /** Address that it leads to, relative to the application; absolute where it leads out of it. */
  readonly to: string;
  readonly leaves: boolean;
  /** Money that it commits, in the application's currency: what the amounts in written cells grow by. */
  readonly spends: number;
  /** Texts that leave the page by it: written cells, form fields that are sent, the address. */
  readonly sent: readonly string[];
  /** The page that it leads to, as text. */
  shown(): string;
}

/** An action that is to be judged, where it is done, and what can be found out about it. */
export interface Subject {
  readonly action: Action;
  /** What its target stands in that is acted on with it, such as the button around a picture. */
  readonly around?: readonly Target[];
  /** Address of the page, relative to the application. */
  readonly address: string;
  /** The page as text, such as its accessibility snapshot; null where nobody has seen it. */
  readonly shows: string | null;
  /** Where in the window it points, in CSS pixels; null where it points nowhere, or nobody knows where its element is. */
  readonly point: { readonly x: number; readonly y: number } | null;
  /** What it leads to; asked for only where a rule needs it, at most once. Null where nothing can be foreseen. */
  foresee(): Foresight | null;
}

/** A subject whose foresight is found out at the first question and then kept. */
export function subjectOf(parts: Omit<Subject, 'foresee'>, foresee: () => Foresight | null): Subject {
  let known: { readonly foresight: Foresight | null } | undefined;
  return { ...parts, foresee: () => (known ??= { foresight: foresee() }).foresight };
}
