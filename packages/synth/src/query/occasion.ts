import type { Row } from '@backlot/protocol';
import type { Scope } from '@backlot/world';

/** One page that showed a list: what was believed to be in the table, what the page showed, and all that the query may depend on. */
export interface ListOccasion {
  readonly scope: Scope;
  /** Believed rows of the table, in table order. */
  readonly rows: readonly Row[];
  /** Row ids in the order in which the page showed them. */
  readonly shown: readonly string[];
}

/** A column that a query may read. A list holds texts, or lists whose first part counts. */
export interface QueryColumn {
  readonly name: string;
  readonly type: 'text' | 'boolean' | 'list';
}

/** What a query may be made of. */
export interface QuerySpace {
  readonly table: string;
  readonly as: string;
  readonly columns: readonly QueryColumn[];
  readonly params: readonly string[];
  readonly registers: readonly string[];
}
