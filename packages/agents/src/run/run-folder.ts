import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  faultEndings,
  runManifestSchema,
  runRecordSchema,
  type Observation,
  type RunManifest,
  type RunRecord,
  type Task,
  type TrajectoryLine,
} from '@backlot/protocol';
import { masked, noMask, type Episode, type Mask } from '@backlot/sandbox';
import type { Watcher } from '../run-episode.ts';

/** Names in the folder of a run. */
export const runFiles = { manifest: 'run.json', episodes: 'episodes.jsonl', trajectories: 'trajectories', pictures: 'pictures' } as const;

/** Fields of a run's records that no page and no agent writes. */
const ownFields = new Set(['agent', 'answer', 'picture', 'task']);

/** The folder can't take this run: the message says why, and what to do. */
export class RunFolderError extends Error {
  override readonly name = 'RunFolderError';
}

/** The folder of a run: every episode that is over is kept the moment it is, so that a run that was cut goes on from there. */
export class RunFolder {
  readonly dir: string;
  /** The attempts of earlier runs in this folder, in the order in which they ended. */
  readonly before: readonly RunRecord[];
  readonly #mask: Mask;

  private constructor(dir: string, before: readonly RunRecord[], mask: Mask) {
    this.dir = dir;
    this.before = before;
    this.#mask = mask;
  }

  /**
   * Begins a run in a folder, or goes on with the one that is there. An episode that was cut while it was written is dropped.
   * `mask` takes secrets out of every text before it is written; of a page that shows one no picture is kept.
   * @throws RunFolderError where the folder holds another run, or one that can't be read
   */
  static async open(dir: string, manifest: RunManifest, mask: Mask = noMask): Promise<RunFolder> {
    await mkdir(join(dir, runFiles.trajectories), { recursive: true });
    const file = join(dir, runFiles.manifest);
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) {
      await replace(file, `${JSON.stringify(manifest, null, 2)}\n`);
      await replace(join(dir, runFiles.episodes), '');
      return new RunFolder(dir, [], mask);
    }
    checkSame(file, text, manifest);
    const episodes = join(dir, runFiles.episodes);
    const before = parseEpisodes(await readFile(episodes, 'utf8').catch(() => ''), episodes);
    await replace(episodes, before.map((record) => `${JSON.stringify(record)}\n`).join(''));
    return new RunFolder(dir, before, mask);
  }

  /** The episodes that count of the earlier runs, by task: those that the engine lost, or that could not begin, do not. */
  over(): ReadonlyMap<string, RunRecord> {
    return new Map(this.before.flatMap((record) => (faultEndings.has(record.ending) ? [] : [[record.task, record]])));
  }

  /** True where none of these tasks is left to do. */
  isOver(tasks: readonly Task[]): boolean {
    const over = this.over();
    return tasks.every(({ id }) => over.has(id));
  }

  /** Keeps an attempt that is over. */
  async keep(record: RunRecord): Promise<void> {
    await appendFile(join(this.dir, runFiles.episodes), `${JSON.stringify(this.#masked(record))}\n`);
    const { ending, reward, feedback, task } = record;
    await this.#line(task, { kind: 'end', ending, reward, feedback });
  }

  /** Writes the trajectory of an attempt as it goes, in place of that of an attempt before; with a picture of each page where wanted. */
  trajectory({ id, instruction }: Task, { pictures }: { readonly pictures: boolean }): Pick<Watcher, 'began' | 'did'> {
    let step = 0;
    const see = async (episode: Episode, aria: string): Promise<{ readonly step: number; readonly picture?: string }> => {
      // Nobody can mask a picture.
      if (!pictures || episode.picture === undefined || this.#mask(aria) !== aria) return { step };
      const folder = join(runFiles.pictures, fileNameOf(id));
      const picture = join(folder, `${String(step).padStart(3, '0')}.png`);
      await mkdir(join(this.dir, folder), { recursive: true });
      await writeFile(join(this.dir, picture), await episode.picture());
      return { step, picture };
    };
    return {
      began: async ({ url, aria }: Observation, episode) => {
        step = 0;
        await writeFile(this.#fileOf(id), '');
        await this.#line(id, { kind: 'start', ...(await see(episode, aria)), instruction, url, aria });
      },
      did: async (taken, episode) => {
        step += 1;
        const { action, refused, aria, url, certainty, reward, decision } = taken;
        const line = { kind: 'step', ...(await see(episode, aria)), action, url, certainty, reward } as const;
        await this.#line(id, { ...line, ...(refused === undefined ? {} : { refused }), ...(decision === undefined ? {} : { decision }) });
      },
    };
  }

  #fileOf(task: string): string {
    return join(this.dir, runFiles.trajectories, `${fileNameOf(task)}.jsonl`);
  }

  #line(task: string, line: TrajectoryLine): Promise<void> {
    return appendFile(this.#fileOf(task), `${JSON.stringify(this.#masked(line))}\n`);
  }

  #masked<T>(value: T): T {
    return masked(value, this.#mask, ownFields);
  }
}

/** The attempts in the text of a run's `episodes.jsonl`. A last line that was cut is left out. @throws RunFolderError where another line is none */
export function parseEpisodes(text: string, file: string): readonly RunRecord[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => {
      const parsed = runRecordSchema.safeParse(parseJson(line));
      if (parsed.success) return parsed.data;
      throw new RunFolderError(`${file}:${i + 1} is no episode of a run. Choose another folder.`);
    });
}

function checkSame(file: string, text: string, manifest: RunManifest): void {
  const parsed = runManifestSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new RunFolderError(`${file} is no manifest of a run. Choose another folder.`);
  const differs = (Object.keys(manifest) as (keyof RunManifest)[]).find(
    (key) => JSON.stringify(manifest[key]) !== JSON.stringify(parsed.data[key]),
  );
  if (differs === undefined) return;
  const [was, is] = [parsed.data[differs], manifest[differs]].map((value) => JSON.stringify(value));
  throw new RunFolderError(`${file}: this folder holds another run (its ${differs} is ${was}, not ${is}). Choose another folder.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

/** A task's id as a file's name. */
function fileNameOf(id: string): string {
  return id.replace(/[^\w.-]/g, (sign) => `%${sign.codePointAt(0)?.toString(16)}`).replace(/^\./, '%2e');
}
