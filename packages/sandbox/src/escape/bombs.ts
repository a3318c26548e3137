import { launchContained, mostMemory, type ContainedBrowser } from '../containment/launch.ts';
import { allLayers } from '../containment/layers.ts';
import { groupMemory } from '../containment/memory.ts';
import { openContext } from '../containment/context.ts';
import { within } from '../engine/limits.ts';
import { attempt } from './attempt.ts';
import type { Lane } from './lane.ts';
import { addressOf, vectorSite } from './vector-site.ts';
import type { Vector, VectorSet } from './vectors.ts';

/** What became of a page that wears out its browser. */
export interface BombOutcome {
  readonly name: string;
  /** Its browser's memory stayed within bounds, and the next page opened in time: in the same browser, or in one started anew. */
  readonly held: boolean;
  /** The browser did not live through it, or hung after it. */
  readonly lost: boolean;
  /** Most memory that the browser was seen to hold, in MiB. */
  readonly peakMiB: number;
  /** How long the next page took to open, in milliseconds; null where it did not. */
  readonly nextMs: number | null;
}

const patience = 15_000;
/** What a browser can take between two looks at it, in MiB. */
const slack = 2048;
/** No packets are counted here. */
const noLane: Lane = {
  within: [],
  arrived: () => Promise.resolve({ packets: 0, seen: [] }),
  settle: () => Promise.resolve({ packets: 0, seen: [] }),
  close: () => Promise.resolve(),
};

/** Opens each page that wears out its browser, and tells whether what surrounds it went on. */
export async function runBombs(set: VectorSet, { executablePath }: { readonly executablePath: string }): Promise<readonly BombOutcome[]> {
  const outcomes: BombOutcome[] = [];
  for (const vector of set.vectors.filter(({ bomb }) => bomb)) outcomes.push(await runBomb(vector, set, executablePath));
  return outcomes;
}

async function runBomb(vector: Vector, { parts }: VectorSet, executablePath: string): Promise<BombOutcome> {
  let contained = await launchContained({ executablePath });
  let peak = 0;
  const watch = setInterval(() => void groupMemory(contained.pid).then((mib) => (peak = Math.max(peak, mib))), 500);
  try {
    const outcome = await attempt(vector, { lane: noLane, contained, layers: allLayers, parts });
    clearInterval(watch);
    let nextMs = outcome.lost ? null : await openNext(contained);
    // As the engine does: a browser that hangs is given up like one that is gone.
    const lost = nextMs === null;
    if (lost) {
      await contained.close();
      contained = await launchContained({ executablePath });
      nextMs = await openNext(contained);
    }
    const held = nextMs !== null && peak <= mostMemory + slack;
    return { name: vector.name, held, lost, peakMiB: Math.round(peak), nextMs };
  } finally {
    clearInterval(watch);
    await contained.close();
  }
}

const plain: Vector = { name: 'plain', family: '', kind: 'html', text: '<p>x</p>', headers: {}, watch: 0, bomb: false };

async function openNext({ browser }: ContainedBrowser): Promise<number | null> {
  const start = performance.now();
  try {
    const context = await within(patience, openContext(browser, { layers: allLayers, site: vectorSite(plain, new Map()) }));
    const page = await within(patience, context.newPage());
    await within(patience, page.goto(addressOf(plain)));
    await within(patience, context.close());
    return Math.round(performance.now() - start);
  } catch {
    return null;
  }
}
