import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { digestOf, replySchema, type Message, type Reply, type Send } from './wire.ts';

const pairSchema = z.object({ request: z.record(z.string(), z.unknown()), reply: replySchema });
const fileSchema = pairSchema.extend({ v: z.literal(1), asked: z.string() });

/** Where replies are kept. */
export interface CacheOptions {
  readonly dir: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told of files that can't be used; they are left out and written anew. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

const fileOf = (dir: string, message: Message): string => join(dir, `${digestOf(message)}.json`);

/** Answers from a folder what was asked before, and keeps there what is asked now: one JSON file for each request. */
export function caching(send: Send, options: CacheOptions): Send {
  return async (message, signal) => {
    const kept = await readKept(message, options);
    if (kept) return { reply: kept, fresh: false };
    const sent = await send(message, signal);
    await keep(message, sent.reply, options);
    return sent;
  };
}

/** The kept reply to a message, if there is one that can be used. */
export async function readKept(message: Message, { dir, onWarning }: Pick<CacheOptions, 'dir' | 'onWarning'>): Promise<Reply | null> {
  const file = fileOf(dir, message);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const reply = readPair(text, digestOf(message));
  if (typeof reply !== 'string') return reply;
  onWarning?.(`${file} is left out: ${reply}`);
  return null;
}

function readPair(text: string, digest: string): Reply | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'it is no JSON.';
  }
  const read = fileSchema.safeParse(json);
  if (!read.success) return `it is no kept reply (${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}).`;
  return digestOf(read.data.request) === digest ? read.data.reply : 'its request is not the one that its name stands for.';
}

async function keep(message: Message, reply: Reply, { dir, now }: CacheOptions): Promise<void> {
  await mkdir(dir, { recursive: true });
  const file = fileOf(dir, message);
  const half = `${file}.${process.pid}.tmp`;
  await writeFile(half, `${JSON.stringify({ v: 1, asked: new Date(now()).toISOString(), request: message, reply }, null, 2)}\n`);
  await rename(half, file);
}

/** Writes every request and its reply as a line of a file, in the order of the replies. */
export function recording(send: Send, file: string): Send {
  return async (message, signal) => {
    const sent = await send(message, signal);
    await writeFile(file, `${JSON.stringify({ request: message, reply: sent.reply })}\n`, { flag: 'a' });
    return sent;
  };
}

/** Answers from a recording, and from nothing else. The same request asked again gets its next reply, the last one for ever. */
export async function replaying(file: string): Promise<Send> {
  const replies = new Map<string, Reply[]>();
  for (const [i, line] of (await readFile(file, 'utf8')).split('\n').entries()) {
    if (line.trim() === '') continue;
    const { request, reply } = readLine(line, `${file}:${i + 1}`);
    const digest = digestOf(request);
    replies.set(digest, [...(replies.get(digest) ?? []), reply]);
  }
  return (message) => {
    const digest = digestOf(message);
    const [reply, ...rest] = replies.get(digest) ?? [];
    if (!reply)
      return Promise.reject(new Error(`${file} holds no reply to request ${digest.slice(0, 12)}. Record it again with the service.`));
    if (rest.length > 0) replies.set(digest, rest);
    return Promise.resolve({ reply, fresh: false });
  };
}

function readLine(line: string, place: string): z.infer<typeof pairSchema> {
  try {
    return pairSchema.parse(JSON.parse(line));
  } catch {
    throw new Error(`${place} is no recorded request with its reply. Record it again with the service.`);
  }
}
