/**
 * The largest set of positions that need not move: a longest increasing subsequence of `places`, where `places[i]` is the
 * present position of the i-th wanted child, or -1 for a new one. Returned as one flag a wanted child.
 */
export function staysInPlace(places: readonly number[]): readonly boolean[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [i, place] of places.entries()) {
    previous[i] = -1;
    if (place < 0) continue;
    const at = firstAtLeast(tails, places, place);
    if (at > 0) previous[i] = tails[at - 1] as number;
    tails[at] = i;
  }
  const stays = places.map(() => false);
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] as number) stays[i] = true;
  return stays;
}

function firstAtLeast(tails: readonly number[], places: readonly number[], place: number): number {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[tails[middle] as number] as number) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
