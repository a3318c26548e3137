import type { Row } from '@backlot/protocol';
import type { View } from '../views.ts';

/** The number that pages show of a list as a whole, whether or not the list itself is in sight, and what it is the total of. */
export interface Totals {
  readonly at: ReadonlyMap<View, number>;
  readonly of: (rows: readonly Row[]) => number;
  /** A list of one record with the total that is told; what else of the record hangs on it is not known. Null where more is to be told. */
  readonly told: (rows: readonly Row[], total: number) => readonly Row[] | null;
}
