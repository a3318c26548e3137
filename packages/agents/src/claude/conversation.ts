import type { Part, Reply, TextPart, ToolResultPart, Turn } from '@backlot/llm';

const leftOut: TextPart = { type: 'text', text: '[An earlier page, left out.]' };

/** What is said in one attempt. It only grows, but for pages that are left out once there are too many. */
export class Conversation {
  readonly #pagesKept: number;
  #turns: Turn[] = [];

  constructor(pagesKept: number) {
    this.#pagesKept = pagesKept;
  }

  /** Something for the model, without a call that it answers. */
  say(content: readonly Part[]): void {
    this.#turns.push({ role: 'user', content });
  }

  /** What the model said. Only text and calls are given back to it; of several calls only the first, which is the one that is answered. */
  heard({ content }: Reply): void {
    const call = content.findIndex(({ type }) => type === 'tool_use');
    const kept = content.filter(({ type }, i) => (type === 'text' ? true : type === 'tool_use' && i === call));
    const said = kept.filter((part) => part.type !== 'text' || part['text'] !== '') as unknown as readonly Part[];
    this.#turns.push({ role: 'assistant', content: said.length === 0 ? [{ type: 'text', text: '…' }] : said });
  }

  /** What came of the model's call. */
  answer(id: string, content: ToolResultPart['content'], isError = false): void {
    this.#turns.push({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: id, content, ...(isError ? { is_error: true } : {}) }],
    });
  }

  /**
   * All that was said, the end marked for the service's cache. Pages are left out in one go, the oldest ones once twice as many are there
   * as are to be kept: in between the beginning stays as it was, so that the cache holds it.
   */
  turns(): readonly Turn[] {
    const pages = this.#turns.flatMap((turn, i) => (holdsPage(turn) ? [i] : []));
    if (pages.length > 2 * this.#pagesKept) {
      const old = new Set(pages.slice(0, -this.#pagesKept));
      this.#turns = this.#turns.map((turn, i) => (old.has(i) ? withoutPage(turn) : turn));
    }
    return this.#turns.map((turn, i) => (i === this.#turns.length - 1 ? marked(turn) : turn));
  }
}

function isPage(part: Part): boolean {
  return part.type === 'image' || (part.type === 'text' && part.text.startsWith('<page '));
}

function partsOf({ content }: Turn): readonly Part[] {
  if (typeof content === 'string') return [];
  return content.flatMap((part): readonly Part[] => (part.type === 'tool_result' ? part.content : [part]));
}

function holdsPage(turn: Turn): boolean {
  return turn.role === 'user' && partsOf(turn).some(isPage);
}

function withoutPage(turn: Turn): Turn {
  if (typeof turn.content === 'string') return turn;
  const content = turn.content.map((part): Part => {
    if (part.type === 'tool_result') return { ...part, content: part.content.map((each) => (isPage(each) ? leftOut : each)) };
    return isPage(part) ? leftOut : part;
  });
  return { ...turn, content };
}

function marked(turn: Turn): Turn {
  if (typeof turn.content === 'string') return turn;
  const content = turn.content.map((part, i, all) =>
    i === all.length - 1 ? { ...part, cache_control: { type: 'ephemeral' as const } } : part,
  );
  return { ...turn, content };
}
