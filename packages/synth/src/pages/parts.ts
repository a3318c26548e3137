import type { Unit } from './lives.ts';

/** Marks that occur in the same units: one thing that is there or not. Larger ones weigh a little more. */
export interface Part {
  /** How many marks it has. */
  readonly size: number;
  readonly weight: number;
  /** Bits that name it in a template: few where many pages have it. */
  readonly bits: number;
  /** By unit: 0 absent, 1 present, 2 comes and goes. */
  readonly states: Uint8Array;
}

/** By mark, its state in each unit. */
function statesOf(units: readonly Unit[]): ReadonlyMap<number, Uint8Array> {
  const states = new Map<number, Uint8Array>();
  for (const [i, { core, union }] of units.entries()) {
    for (const mark of union) {
      let row = states.get(mark);
      if (!row) {
        row = new Uint8Array(units.length);
        states.set(mark, row);
      }
      row[i] = core.has(mark) ? 1 : 2;
    }
  }
  return states;
}

/** The parts in which units differ, and how many marks all of them have. */
export function partsOf(units: readonly Unit[]): { readonly parts: readonly Part[]; readonly common: number } {
  const sizes = new Map<string, { size: number; states: Uint8Array }>();
  let common = 0;
  for (const states of statesOf(units).values()) {
    if (states.every((state) => state === 1)) common++;
    else {
      const key = states.join('');
      const known = sizes.get(key);
      if (known) known.size++;
      else sizes.set(key, { size: 1, states });
    }
  }
  const parts = [...sizes]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([, { size, states }]): Part => {
      const seen = states.reduce((sum, state) => sum + (state === 1 ? 1 : state === 2 ? 0.5 : 0), 0);
      const weight = 1 + Math.log2(size) / 4;
      return { size, weight, bits: weight * Math.log2((units.length + 1) / (seen + 0.5)), states };
    });
  return { parts, common };
}
