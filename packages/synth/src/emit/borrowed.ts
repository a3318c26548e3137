import type { Row } from '@backlot/protocol';
import type { TableHistory } from '../state/belief.ts';

/** Records that two accounts must both have for what one saw to be there for the other as well. */
const fewestShared = 2;

/**
 * Records that only other accounts came to, of those that addresses alone name: what stands at such an address is nearer to what others
 * saw there than to nothing. None where accounts have no records in common.
 */
export function borrowedRows({ table, base }: TableHistory, account: string, accounts: readonly string[]): readonly Row[] {
  if (!base || !table.bindings.every(({ by }) => by !== undefined)) return [];
  const taken = new Set(base(account).map(({ id }) => id));
  return accounts
    .filter((other) => other !== account)
    .flatMap((other) => {
      const rows = base(other);
      if (rows.filter(({ id }) => taken.has(id)).length < fewestShared) return [];
      const more = rows.filter(({ id }) => !taken.has(id));
      for (const { id } of more) taken.add(id);
      return more;
    });
}
