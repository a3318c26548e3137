import { setTimeout as sleep } from 'node:timers/promises';
import { launchContained, type ContainedBrowser } from '../containment/launch.ts';
import { allLayers, type Layer, type Layers } from '../containment/layers.ts';
import { attempt, type Attempt } from './attempt.ts';
import { launchInContainer, type ContainerOptions } from '../container/launch-container.ts';
import { openLane, sealedLane, sum, type Arrival, type Lane } from './lane.ts';
import { summarise, type EscapeReport, type Row, type Start } from './report.ts';
import type { Vector, VectorSet } from './vectors.ts';
import { nameserver } from './wire.ts';

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

/**
 * The same in a container. It has no network; where the layer `namespace` is left out, a cable is put into it, as if whoever runs it had
 * made a mistake, and its seccomp profile lets it make sockets of every kind.
 */
export const containerSettings: readonly Setting[] = [
  { name: 'all', layers: allLayers, promises: true },
  { name: 'namespace', layers: new Set(['user', 'namespace']), promises: true },
  { name: 'switches', layers: new Set(['user', 'switches']), promises: true },
  { name: 'all but namespace', layers: new Set([...allLayers].filter((layer) => layer !== 'namespace')), promises: true },
];

/** What is tried, and how. */
export interface CampaignOptions {
  /** The Chromium to start, or the container to start one in. */
  readonly target: { readonly executablePath: string } | { readonly container: ContainerOptions };
  readonly set: VectorSet;
  /** Settings beside the control, which always comes first. */
  readonly settings: readonly Setting[];
  /** How many vectors are tried at a time, each on a cable of its own. */
  readonly lanes: number;
  /** Also count what the browser sends of itself, before any page is opened. */
  readonly countsStart?: boolean;
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
  const isContainer = 'container' in options.target;
  const lanes: (Lane | null)[] = [];
  const starts: Start[] = [];
  const rows = new Map<string, Row>(vectors.map(({ name, family }) => [name, { name, family, outcomes: {} }]));
  try {
    for (let i = 0; i < Math.min(width, vectors.length); i++) lanes.push(isContainer ? null : await openLane());
    for (const setting of [control, ...options.settings]) {
      if (options.countsStart === true) starts.push({ setting: setting.name, ...(await tryStart({ setting, lanes, options })) });
      const live = (vector: Vector): boolean => setting === control || setting.name === 'all' || isExercised(rows.get(vector.name));
      const wanted = vectors.filter(live);
      const outcomes = await tryAll(wanted, { setting, lanes, options });
      for (const [name, outcome] of outcomes) (rows.get(name) as Row).outcomes[setting.name] = outcome;
    }
  } finally {
    await Promise.all(lanes.map((lane) => lane?.close()));
  }
  return summarise([...rows.values()], { columns: [control, ...options.settings], starts });
}

function isExercised(row: Row | undefined): boolean {
  return (row?.outcomes[control.name]?.packets ?? 0) > 0;
}

interface Course {
  readonly setting: Setting;
  readonly lanes: readonly (Lane | null)[];
  readonly options: CampaignOptions;
}

async function tryAll(vectors: readonly Vector[], { setting, lanes, options }: Course): Promise<ReadonlyMap<string, Attempt>> {
  const queue = [...vectors];
  const outcomes = new Map<string, Attempt>();
  const work = async (own: Lane | null): Promise<void> => {
    let place: Place | null = null;
    try {
      for (let vector = queue.shift(); vector !== undefined; vector = queue.shift()) {
        options.signal?.throwIfAborted();
        place ??= await startAt(own, setting, options.target);
        const outcome = await attempt(vector, { ...place, layers: setting.layers, parts: options.set.parts });
        outcomes.set(vector.name, outcome);
        options.progress?.(`${setting.name}: ${outcomes.size} of ${vectors.length}`);
        if (!outcome.lost) continue;
        await leave(place, own);
        place = null;
      }
    } finally {
      if (place !== null) await leave(place, own);
    }
  };
  // All end what they began before any failure is told.
  const ends = await Promise.allSettled(lanes.map(work));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return outcomes;
}

/** How long a browser is listened to that shows no page, in milliseconds. */
const startWatch = 5000;

/** What a browser sends of itself. */
async function tryStart({ setting, lanes, options }: Course): Promise<Arrival> {
  const [own = null] = lanes;
  await own?.settle();
  const place = await startAt(own, setting, options.target);
  try {
    await sleep(startWatch);
    return sum(await place.lane.arrived(), await place.lane.settle());
  } finally {
    await leave(place, own);
  }
}

interface Place {
  readonly contained: ContainedBrowser;
  readonly lane: Lane;
}

async function startAt(own: Lane | null, { layers }: Setting, target: CampaignOptions['target']): Promise<Place> {
  if ('executablePath' in target) {
    const lane = own ?? (await openLane());
    const contained = await launchContained({ executablePath: target.executablePath, layers, within: lane.within });
    failClosed(contained, layers);
    return { contained, lane };
  }
  const isSealed = layers.has('namespace');
  const container = isSealed
    ? target.container
    : { ...target.container, seccomp: withAllSockets(target.container.seccomp), resolver: nameserver };
  const contained = await launchInContainer(container, layers);
  try {
    if (isSealed) return { contained, lane: sealedLane(contained.containerPid) };
    const lane = await openLane(contained.containerPid);
    // A cable that is laid makes the kernel speak, whatever the browser at its end does.
    await lane.settle();
    return { contained, lane };
  } catch (error) {
    await contained.close();
    throw error;
  }
}

async function leave({ contained, lane }: Place, own: Lane | null): Promise<void> {
  await contained.close();
  if (own === null) await lane.close();
}

/** The profile without its rule about sockets. */
function withAllSockets(seccomp: string): string {
  const profile = JSON.parse(seccomp) as { syscalls: { readonly names: readonly string[]; readonly args?: unknown }[] };
  const syscalls = profile.syscalls.map(({ args, ...rule }) =>
    rule.names.includes('socket') ? rule : { ...rule, ...(args ? { args } : {}) },
  );
  return JSON.stringify({ ...profile, syscalls });
}

/** A layer that is to be measured alone and can't be had would be measured as if it let everything out. */
function failClosed({ missing }: ContainedBrowser, layers: Layers): void {
  for (const layer of layers) {
    if (missing[layer] !== undefined) throw new Error(`The layer "${layer}" can't be tried here: ${missing[layer]}.`);
  }
}
