import { html } from 'hono/html';
import type { Share } from '../../stats/share.ts';

/** A piece of a page; texts that are put into it are escaped. */
export type Html = ReturnType<typeof html>;

/** Nothing. */
export const nothing: Html = html``;

/** A share as a number of percent, without needless digits. */
export function percent(share: number): string {
  return (100 * share).toFixed(share === 0 || share === 1 ? 0 : 1);
}

/** A share with its interval, a dash where there was nothing to count. */
export function withInterval({ share, low, high, total }: Share): string {
  return total === 0 ? '–' : `${percent(share)} % (${percent(low)}–${percent(high)})`;
}

/** A bar from 0 to 1 with a mark where it has to reach. */
export function meter(share: number, bar?: number): Html {
  const width = (100 * Math.max(0, Math.min(1, share))).toFixed(1);
  return html`<div class="meter">
    <i style="width:${width}%"></i>${bar === undefined ? '' : html`<b style="left:calc(${(100 * bar).toFixed(1)}% - 2px)"></b>`}
  </div>`;
}

/** `1 step`, `2 steps`. */
export const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
