import { currentPage } from '@backlot/world';
import type { World } from '@backlot/protocol';
import type { PredictedSession, PredictedStep } from '../clone/predict-steps.ts';
import { shareOfSteps, type Share } from '../stats/share.ts';
import type { BlockScores } from './blocks.ts';
import type { Camera, Comparison, Scene, Shots } from './camera.ts';

/** How one page of the clone looks beside the recorded one. */
export interface PageLooks extends BlockScores {
  readonly session: string;
  readonly step: number;
  /** Route of the page. */
  readonly page: string;
  readonly ssim: number;
}

/** How alike clone and original look. */
export interface Looks extends BlockScores {
  readonly pages: readonly PageLooks[];
  /** Mean over the pages; so are the other measures. */
  readonly ssim: Share;
}

/** A recorded page beside the clone's, to be looked at. */
export interface SideBySide {
  readonly session: string;
  readonly step: number;
  readonly comparison: Comparison;
  readonly shots: Shots;
}

/** What is looked at, and with what. */
export interface LooksOptions {
  readonly world: World;
  readonly predicted: readonly PredictedSession[];
  readonly camera: Camera;
  readonly signal?: AbortSignal;
}

/** One step of a session. */
export interface StepAt {
  readonly session: string;
  readonly step: number;
}

interface Candidate extends PredictedStep {
  readonly at: PredictedSession;
  /** Route of the page that the real application then shows. */
  readonly arrives: string;
}

/**
 * Compares so many recorded pages with what the clone shows, having read them: rules have no part in it, but templates, styles and files
 * have. Every kind of page comes in turn, the steps of each evenly spread over the sessions.
 * @throws the signal's reason
 */
export async function measureLooks({ world, predicted, camera, signal }: LooksOptions, pages: number): Promise<Looks | null> {
  const compared: PageLooks[] = [];
  for (const { at, index, arrives, states } of chooseSteps(world, predicted, pages)) {
    signal?.throwIfAborted();
    const view = at.session.steps.find((step) => step.index === index)?.after;
    if (view === undefined) continue;
    const { different: _, ...scores } = await camera.compare({ session: at.session, ...view, state: states.after });
    compared.push({ session: at.session.id, step: index, page: arrives, ...scores });
  }
  return compared.length === 0 ? null : summary(compared);
}

/** Pictures of steps: the page after each; where the world would not take the action, the page before. */
export async function photograph({ predicted, camera, signal }: LooksOptions, steps: readonly StepAt[]): Promise<readonly SideBySide[]> {
  const pictures: SideBySide[] = [];
  for (const wanted of steps) {
    signal?.throwIfAborted();
    const scene = sceneOf(predicted, wanted);
    if (scene === null) continue;
    const comparison = await camera.compare(scene);
    pictures.push({ ...wanted, comparison, shots: await camera.shots(comparison) });
  }
  return pictures;
}

function sceneOf(predicted: readonly PredictedSession[], { session: id, step: index }: StepAt): Scene | null {
  const at = predicted.find(({ session }) => session.id === id);
  const step = at?.steps.find((each) => each.index === index);
  const logged = at?.session.steps.find((each) => each.index === index);
  if (at === undefined || step === undefined || logged === undefined) return null;
  const { session } = at;
  if (step.refused !== undefined) return { session, ...logged.before, state: step.states.before };
  return { session, ...logged.after, state: step.states.predicted };
}

/** A pointer shows what a recording does not hold. */
function chooseSteps(world: World, predicted: readonly PredictedSession[], most: number): readonly Candidate[] {
  const candidates = predicted.flatMap((at) =>
    at.steps
      .filter(({ action, refused, want }) => action.kind !== 'hover' && refused === undefined && want.length > 0)
      .map((step): Candidate => ({ ...step, at, arrives: currentPage(world, step.states.after).page?.route ?? '' })),
  );
  const kinds = [...Map.groupBy(candidates, ({ arrives }) => arrives)].sort(
    ([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1),
  );
  const shares = kinds.map(() => 0);
  for (let left = Math.min(most, candidates.length), i = 0; left > 0; i = (i + 1) % kinds.length) {
    if ((shares[i] ?? 0) >= (kinds[i]?.[1].length ?? 0)) continue;
    shares[i] = (shares[i] ?? 0) + 1;
    left -= 1;
  }
  return kinds.flatMap(([, steps], i) => spread(steps, shares[i] ?? 0));
}

const spread = <T>(all: readonly T[], n: number): readonly T[] =>
  Array.from({ length: n }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / n)]).filter((each) => each !== undefined);

function summary(pages: readonly PageLooks[]): Looks {
  const mean = (score: (page: PageLooks) => number): number => pages.reduce((sum, page) => sum + score(page), 0) / pages.length;
  return {
    pages,
    ssim: shareOfSteps(pages.map(({ ssim }) => ({ hits: Math.max(0, ssim), total: 1 }))),
    blocks: mean(({ blocks }) => blocks),
    text: mean(({ text }) => text),
    position: mean(({ position }) => position),
    colour: mean(({ colour }) => colour),
  };
}
