import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What is done to an attack page once it is open: its `#go` is clicked, or the page is closed or left. */
const deeds = ['click', 'ctrl-click', 'close', 'leave'] as const;
type Deed = (typeof deeds)[number];

/** One way out that is tried: a page of markup, or a script in an empty page. */
export interface Vector {
  readonly name: string;
  readonly family: string;
  readonly kind: 'html' | 'js';
  readonly text: string;
  /** Headers that the page's answer brings. */
  readonly headers: Readonly<Record<string, string>>;
  readonly deed?: Deed;
  /** Where `/NAME/redirect` leads. */
  readonly redirect?: string;
  /** How long the page is watched, in milliseconds. */
  readonly watch: number;
  /** True for a page that wears out the browser instead of trying to get out of it. */
  readonly bomb: boolean;
}

/** Attack pages, and the files that they load. */
export interface VectorSet {
  readonly vectors: readonly Vector[];
  /** By address, such as `/parts/worker.js`. */
  readonly parts: ReadonlyMap<string, string>;
}

const defaultWatch = 1100;
const longestWatch = 60_000;

/**
 * Reads a folder of attack pages: every `NAME.html` and `NAME.js` is one; files in `parts/` can be loaded by them. A page may begin
 * with a comment that holds JSON: `{ "family", "headers", "do", "redirect", "watch", "bomb" }`, all optional.
 * @throws an error that names the file and what is wrong in it
 */
export async function readVectors(dir: string): Promise<VectorSet> {
  const names = (await namesIn(dir, 'Give a folder of attack pages, NAME.html or NAME.js.')).filter((name) => /\.(?:html|js)$/.test(name));
  if (names.length === 0) throw new Error(`${dir} holds no attack page: a file NAME.html or NAME.js.`);
  const vectors = await Promise.all(
    names.map(async (name) => vectorOf(path.join(dir, name), await readFile(path.join(dir, name), 'utf8'))),
  );
  const parts = await namesIn(path.join(dir, 'parts'), '').catch(() => []);
  const read = parts.map(async (name) => [`/parts/${name}`, await readFile(path.join(dir, 'parts', name), 'utf8')] as const);
  return { vectors, parts: new Map(await Promise.all(read)) };
}

async function namesIn(dir: string, advice: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: Error) => {
    throw new Error(`${dir} can't be read: ${cause.message}. ${advice}`, { cause });
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

const comment = /^\s*(?:<!--|\/\*)\s*(\{[\s\S]*?\})\s*(?:-->|\*\/)/;

function vectorOf(file: string, text: string): Vector {
  const kind = file.endsWith('.html') ? 'html' : 'js';
  const said = saidIn(file, text);
  const deed = deeds.find((each) => each === said['do']);
  if (said['do'] !== undefined && deed === undefined) throw new Error(`${file}: "do" is one of ${deeds.join(', ')}.`);
  const watch = said['watch'] ?? defaultWatch;
  if (typeof watch !== 'number' || !(watch >= 0 && watch <= longestWatch)) {
    throw new Error(`${file}: "watch" is a number of milliseconds, at most ${longestWatch}.`);
  }
  return {
    name: path.basename(file).replace(/\.(?:html|js)$/, ''),
    family: typeof said['family'] === 'string' ? said['family'] : 'other',
    kind,
    text,
    headers: headersOf(file, said['headers']),
    watch,
    bomb: said['bomb'] === true,
    ...(deed === undefined ? {} : { deed }),
    ...(typeof said['redirect'] === 'string' ? { redirect: said['redirect'] } : {}),
  };
}

function saidIn(file: string, text: string): Readonly<Record<string, unknown>> {
  const json = comment.exec(text)?.[1];
  if (json === undefined) return {};
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`${file}: the comment that it begins with is no JSON: ${(cause as Error).message}.`, { cause });
  }
}

function headersOf(file: string, headers: unknown): Readonly<Record<string, string>> {
  if (headers === undefined) return {};
  const isPlain = typeof headers === 'object' && headers !== null && Object.values(headers).every((value) => typeof value === 'string');
  if (!isPlain) throw new Error(`${file}: "headers" holds names and their values, as strings.`);
  return Object.fromEntries(Object.entries(headers as Record<string, string>).map(([name, value]) => [name.toLowerCase(), value]));
}
