/** An element as an accessibility snapshot tells of it. */
export interface SeenNode {
  readonly role: string;
  /** Empty where there is none. */
  readonly name: string;
  /** Place among the nodes of the snapshot with the same role and name, from 0: what a target's `nth` means. */
  readonly nth: number;
  /** States in brackets: `[checked]` is `true`, `[level=2]` is `"2"`. */
  readonly states: Readonly<Record<string, string | true>>;
  /** Value of a field or lone text of an element; empty where there is none. */
  readonly text: string;
  /** Lines such as `/url:` and `/placeholder:`, without the slash. */
  readonly props: Readonly<Record<string, string>>;
  readonly children: readonly SeenNode[];
}

/** All nodes of an accessibility snapshot in document order. Texts between elements are nodes of the role `text`. Lines that are none are left out. */
export function parseAria(aria: string): readonly SeenNode[] {
  const nodes: Draft[] = [];
  const open: { indent: number; node: Draft }[] = [];
  const seen = new Map<string, number>();
  for (const line of aria.split('\n')) {
    const item = /^( *)- (.*)$/.exec(line);
    if (item === null) continue;
    const indent = (item[1] as string).length;
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
    const around = open.at(-1)?.node;
    const body = item[2] as string;
    const prop = /^\/([\w-]+): (.*)$/.exec(body);
    if (prop !== null) {
      if (around) around.props[prop[1] as string] = plain(prop[2] as string);
      continue;
    }
    const node = readNode(body, seen);
    if (node === null) continue;
    around?.children.push(node);
    nodes.push(node);
    open.push({ indent, node });
  }
  return nodes;
}

type Draft = { -readonly [K in keyof SeenNode]: SeenNode[K] } & { props: Record<string, string>; children: Draft[] };

function readNode(body: string, seen: Map<string, number>): Draft | null {
  const [key, text] = splitKey(body);
  const head = /^([\w-]+)(?: ("(?:[^"\\]|\\.)*"))?((?: \[[^\]]*\])*)$/.exec(key);
  if (head === null) return null;
  const role = head[1] as string;
  const name = head[2] === undefined ? '' : unquoted(head[2]);
  const place = `${role} ${name}`;
  const nth = seen.get(place) ?? 0;
  seen.set(place, nth + 1);
  return { role, name, nth, states: readStates(head[3] ?? ''), text, props: {}, children: [] };
}

/** The key of a line and what stands behind its colon. Keys with special characters stand in single quotes. */
function splitKey(body: string): [key: string, text: string] {
  const quoted = /^'((?:[^']|'')*)'(?::(?: (.*))?)?$/.exec(body);
  if (quoted !== null) return [(quoted[1] as string).replaceAll("''", "'"), plain(quoted[2] ?? '')];
  const head = /^[\w-]+(?: "(?:[^"\\]|\\.)*")?(?: \[[^\]]*\])*/.exec(body)?.[0] ?? body;
  const rest = body.slice(head.length);
  return [rest === '' || rest.startsWith(':') ? head : body, plain(rest.replace(/^:\s?/, ''))];
}

function readStates(text: string): Record<string, string | true> {
  const states: Record<string, string | true> = {};
  for (const [, name, value] of text.matchAll(/\[([\w-]+)(?:=([^\]]*))?\]/g)) states[name as string] = value ?? true;
  return states;
}

/** A YAML scalar: in double quotes, or as it stands. */
function plain(text: string): string {
  return /^".*"$/.test(text) ? unquoted(text) : text;
}

/** JSON reads what a snapshot writes but for `\x..`, which only YAML knows. */
function unquoted(text: string): string {
  try {
    return JSON.parse(text.replace(/\\x([0-9a-f]{2})/gi, '\\u00$1')) as string;
  } catch {
    return text.slice(1, -1);
  }
}
