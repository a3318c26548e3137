import { launchContained, type ContainedBrowser } from '../containment/launch.ts';
import { allLayers, type Layer, type Layers } from '../containment/layers.ts';
import { attempt, type Attempt } from './attempt.ts';
import { openLane, type Lane } from './lane.ts';
import { summarise, type EscapeReport, type Row } from './report.ts';
import type { Vector, VectorSet } from './vectors.ts';

/** A set of layers that is tried, under the name of its column. */
export interface Setting {
  readonly name: string;
  readonly layers: Layers;
  /** It is to stop everything: a packet is a leak. Others only publish what they stop. */
  readonly promises: boolean;
}

/** The layers that each must stop everything alone. */
const sufficient = new Set<Layer>(['namespace', 'switches']);
/** The layers that are tried alone, in the order of the table. */
const alone: readonly Layer[] = ['namespace', 'switches', 'routes', 'csp', 'allowlist', 'answers', 'permissions'];

/** No layer at all: what gets out here is what the others are measured by. */
const control: Setting = { name: 'none', layers: new Set(), promises: false };

/** Every layer, and each alone. */
export const settings: readonly Setting[] = [
  { name: 'all', layers: allLayers, promises: true },
  ...alone.map((layer) => ({ name: layer, layers: new Set<Layer>(['user', layer]), promises: sufficient.has(layer) })),
];


/** What is tried, and how. */
export interface CampaignOptions {
  readonly executablePath: string;
  readonly set: VectorSet;
  /** Settings beside the control, which always comes first. */
  readonly settings: readonly Setting[];
  /** How many vectors are tried at a time, each on a cable of its own. */
  readonly lanes: number;
  readonly signal?: AbortSignal;
  progress?(line: string): void;
}

/**
 * Tries every vector under every setting and counts packets at the far end of the cable. A vector that sends none without any layer has
 * no positive control: it is tried with all layers, and reported as not exercised.
 */
export async function runCampaign(options: CampaignOptions): Promise<EscapeReport> {
  const { set, lanes: width } = options;
  const vectors = set.vectors.filter((vector) => !vector.bomb);
  const lanes: Lane[] = [];
  const rows = new Map<string, Row>(vectors.map(({ name, family }) => [name, { name, family, outcomes: {} }]));
  try {
    for (let i = 0; i < Math.min(width, vectors.length); i++) lanes.push(await openLane());
    for (const setting of [control, ...options.settings]) {
      const live = (vector: Vector): boolean => setting === control || setting.name === 'all' || isExercised(rows.get(vector.name));
      const wanted = vectors.filter(live);
      const outcomes = await tryAll(wanted, { setting, lanes, options });
      for (const [name, outcome] of outcomes) (rows.get(name) as Row).outcomes[setting.name] = outcome;
    }
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
  }
  return summarise([...rows.values()], [control, ...options.settings]);
}

function isExercised(row: Row | undefined): boolean {
  return (row?.outcomes[control.name]?.packets ?? 0) > 0;
}

interface Course {
  readonly setting: Setting;
  readonly lanes: readonly Lane[];
  readonly options: CampaignOptions;
}

async function tryAll(vectors: readonly Vector[], { setting, lanes, options }: Course): Promise<ReadonlyMap<string, Attempt>> {
  const queue = [...vectors];
  const outcomes = new Map<string, Attempt>();
  const work = async (lane: Lane): Promise<void> => {
    let contained: ContainedBrowser | null = null;
    const start = (): Promise<ContainedBrowser> =>
      launchContained({ executablePath: options.executablePath, layers: setting.layers, within: lane.within });
    try {
      for (let vector = queue.shift(); vector !== undefined; vector = queue.shift()) {
        options.signal?.throwIfAborted();
        contained ??= await start();
        failClosed(contained, setting);
        const outcome = await attempt(vector, { lane, contained, layers: setting.layers, parts: options.set.parts });
        outcomes.set(vector.name, outcome);
        options.progress?.(`${setting.name}: ${outcomes.size} of ${vectors.length}`);
        if (!outcome.lost) continue;
        await contained.close();
        contained = null;
      }
    } finally {
      await contained?.close();
    }
  };
  await Promise.all(lanes.map(work));
  return outcomes;
}

/** A layer that is to be measured alone and can't be had would be measured as if it let everything out. */
function failClosed({ missing }: ContainedBrowser, { layers }: Setting): void {
  for (const layer of layers) {
    if (missing[layer] !== undefined) throw new Error(`The layer "${layer}" can't be tried here: ${missing[layer]}.`);
  }
}
