import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Refusal } from './refusal.ts';
import { projectSchema, type Project, type Removal, type StoredFile } from './schemas.ts';

/** Limits of what is taken in, in bytes and files. */
export interface StoreLimits {
  readonly bytesPerFile: number;
  readonly bytesPerProject: number;
  readonly filesPerProject: number;
  readonly projects: number;
}

const idPattern = /^[0-9a-f-]{36}$/;
const logName = /^[\w][\w.-]{0,150}\.(?:rrweb\.json|har|meta\.json|json|zip)(?:\.gz)?$/;

/** How the name of a file begins that is being taken in. */
const uploading = 'upload-';
/** How folders of clones begin that are not finished; each try has its own, since a killed service's may go on writing. */
export const making = 'clone.part-';
const tooLarge = (most: number): Refusal => new Refusal(413, `The file is larger than the ${most} bytes that there is room for.`);

/** Projects as folders: `project.json`, `logs/`, `clone/`, `suite.json`. The folder is the only copy. */
export class Store {
  readonly #dir: string;
  readonly #limits: StoreLimits;
  readonly #now: () => number;
  /** Changes of a project follow each other. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(dir: string, limits: StoreLimits, now: () => number) {
    this.#dir = dir;
    this.#limits = limits;
    this.#now = now;
  }

  folder(id: string, ...parts: readonly string[]): string {
    if (!idPattern.test(id)) throw new Refusal(404, `There is no project ${JSON.stringify(id)}.`);
    return join(this.#dir, 'projects', id, ...parts);
  }

  async create(about: Pick<Project, 'name' | 'privacy' | 'tasks'>): Promise<Project> {
    if ((await this.#ids()).length >= this.#limits.projects)
      throw new Refusal(413, `The service keeps up to ${this.#limits.projects} projects: delete one first.`);
    const project: Project = { id: randomUUID(), ...about, created: new Date(this.#now()).toISOString(), logs: [], job: null };
    await mkdir(this.folder(project.id, 'logs'), { recursive: true });
    await this.#write(project);
    return project;
  }

  /** The projects, by the time at which they were made. */
  async list(): Promise<readonly Project[]> {
    const all = await Promise.all((await this.#ids()).map((name) => this.get(name).catch(() => null)));
    return all.filter((each) => each !== null).toSorted((a, b) => (`${a.created} ${a.id}` < `${b.created} ${b.id}` ? -1 : 1));
  }

  async get(id: string): Promise<Project> {
    const text = await readFile(this.folder(id, 'project.json'), 'utf8').catch(() => null);
    if (text === null) throw new Refusal(404, `There is no project ${JSON.stringify(id)}.`);
    return projectSchema.parse(JSON.parse(text));
  }

  /** Changes a project; changes of the same project follow each other. */
  async change(id: string, how: (project: Project) => Project | Promise<Project>): Promise<Project> {
    return this.#inTurn(id, async () => {
      const changed = await how(await this.get(id));
      await this.#write(changed);
      return changed;
    });
  }

  /** Streams a log to disk. A file with the same name is replaced once the new one is whole. */
  async addLog(id: string, name: string, body: ReadableStream<Uint8Array>): Promise<StoredFile> {
    if (!logName.test(name)) {
      throw new Refusal(
        415,
        `${JSON.stringify(name)} is no log's name: give NAME.rrweb.json, NAME.har, NAME.meta.json or a trace NAME.zip, each also with .gz.`,
      );
    }
    const room = this.#roomFor(name, await this.get(id));
    const part = this.folder(id, `${uploading}${randomUUID()}`);
    try {
      const file = { name, ...(await saveStream(body, part, room)) };
      await this.change(id, async (now) => {
        // Others may have been uploaded, or synthesis begun, in the meantime.
        if (file.bytes > this.#roomFor(name, now)) throw tooLarge(this.#roomFor(name, now));
        await rename(part, this.folder(id, 'logs', name));
        const logs = [...now.logs.filter((each) => each.name !== name), file];
        return { ...now, logs: logs.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
      });
      return file;
    } finally {
      await rm(part, { force: true });
    }
  }

  /** Bytes that there is room for under a name. @throws Refusal where the project takes no more logs */
  #roomFor(name: string, { job, logs }: Project): number {
    if (job?.state === 'running' || job?.state === 'waiting')
      throw new Refusal(409, 'The project is being synthesised: wait until that is over.');
    const others = logs.filter((file) => file.name !== name);
    const { filesPerProject, bytesPerFile, bytesPerProject } = this.#limits;
    if (others.length >= filesPerProject) throw new Refusal(413, `A project takes up to ${filesPerProject} files.`);
    return Math.min(bytesPerFile, bytesPerProject - others.reduce((sum, { bytes }) => sum + bytes, 0));
  }

  /** Removes what an earlier service was cut off in the middle of taking in, and of making. */
  async sweep(): Promise<void> {
    for (const id of await this.#ids()) {
      const names = await readdir(this.folder(id)).catch(() => []);
      for (const name of names.filter(isUnfinished)) await rm(this.folder(id, name), { recursive: true, force: true });
    }
  }

  async #ids(): Promise<readonly string[]> {
    const names = await readdir(join(this.#dir, 'projects')).catch(() => []);
    return names.filter((name) => idPattern.test(name));
  }

  /** Removes all of a project, and tells each file with its digest. The record of it stays, without any content. */
  async remove(id: string): Promise<Removal> {
    return this.#inTurn(id, async () => {
      await this.get(id);
      const folder = this.folder(id);
      const removed: StoredFile[] = [];
      for (const file of await filesIn(folder)) removed.push({ name: relative(folder, file), ...(await digestFile(file)) });
      await rm(folder, { recursive: true });
      const left = (await readdir(folder).catch(() => [])).length;
      const bytes = removed.reduce((sum, file) => sum + file.bytes, 0);
      const removal: Removal = { id, removed, bytes, left, at: new Date(this.#now()).toISOString() };
      await appendFile(join(this.#dir, 'removals.jsonl'), `${JSON.stringify(removal)}\n`);
      return removal;
    });
  }

  async #write(project: Project): Promise<void> {
    const file = this.folder(project.id, 'project.json');
    await writeFile(`${file}.part`, `${JSON.stringify(project, null, 2)}\n`);
    await rename(`${file}.part`, file);
  }

  #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(work, work);
    const settled = turn.catch(() => undefined).finally(() => this.#turns.get(id) === settled && this.#turns.delete(id));
    this.#turns.set(id, settled);
    return turn;
  }
}

const isUnfinished = (name: string): boolean => name.startsWith(uploading) || name.startsWith(making);

/** The files below a folder, sorted. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function saveStream(body: ReadableStream<Uint8Array>, file: string, most: number): Promise<Omit<StoredFile, 'name'>> {
  const hash = createHash('sha256');
  const out = await open(file, 'wx');
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > most) throw tooLarge(most);
      hash.update(chunk);
      await out.appendFile(chunk);
    }
  } finally {
    await out.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function digestFile(file: string): Promise<Omit<StoredFile, 'name'>> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}
