import { createReadStream } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finishedEpisodeSchema, type FinishedEpisode } from '@backlot/protocol';

/** Finished episodes, one line of JSON each, in a file to which is only added. What was added is there after the process was killed. */
export interface FinishedFile {
  /** Resolves once the line has been given to the system. */
  add(episode: FinishedEpisode): Promise<void>;
  /** All lines that are whole, oldest first. */
  read(): AsyncIterable<FinishedEpisode>;
  close(): Promise<void>;
}

/** Opens the file `episodes.jsonl` of a folder. A line that was cut off by a crash is ended, and read over, as are empty lines: threads that open it at once may each end it. */
export async function openFinishedFile(dir: string): Promise<FinishedFile> {
  await mkdir(dir, { recursive: true });
  const file = join(dir, 'episodes.jsonl');
  const handle = await open(file, 'a+');
  if (await isCutOff(handle)) await handle.appendFile('\n');
  let waiting: string[] = [];
  let writing: Promise<void> | null = null;
  const write = async (): Promise<void> => {
    const lines = waiting;
    waiting = [];
    writing = null;
    await handle.appendFile(lines.join(''));
  };
  let last: Promise<void> = Promise.resolve();
  return {
    add(episode) {
      waiting.push(`${JSON.stringify(episode)}\n`);
      // Lines that come while others are written go out together.
      writing ??= last = last.catch(() => undefined).then(write);
      return writing;
    },
    read: () => readLines(file),
    async close() {
      await last.catch(() => undefined);
      await handle.close();
    },
  };
}

async function isCutOff(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 10;
}

async function* readLines(file: string): AsyncIterable<FinishedEpisode> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const episode = parse(line);
    if (episode !== null) yield episode;
  }
}

function parse(line: string): FinishedEpisode | null {
  try {
    return finishedEpisodeSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
