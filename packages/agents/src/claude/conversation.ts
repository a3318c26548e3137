import type { Part, Reply, TextPart, ToolResultPart, Turn } from '@backlot/llm';

/** A turn in parts. */
type PartsTurn = Turn & { readonly content: readonly Part[] };

const leftOut: TextPart = { type: 'text', text: '[An earlier page, left out.]' };

/** What is said in one attempt. It only grows, but for pages that are left out once there are too many. */
export class Conversation {
  readonly #pagesKept: number;
  #turns: PartsTurn[] = [];

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
    const kept = content.filter((part, i) => i === call || (part.type === 'text' && part['text'] !== ''));
    const said = kept as unknown as readonly Part[];
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
  turns(): readonly PartsTurn[] {
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

function holdsPage({ role, content }: PartsTurn): boolean {
  return role === 'user' && content.some((part) => (part.type === 'tool_result' ? part.content.some(isPage) : isPage(part)));
}

function withoutPage(turn: PartsTurn): PartsTurn {
  const content = turn.content.map((part): Part => {
    if (part.type === 'tool_result') return { ...part, content: part.content.map((each) => (isPage(each) ? leftOut : each)) };
    return isPage(part) ? leftOut : part;
  });
  return { ...turn, content };
}

function marked(turn: PartsTurn): PartsTurn {
  const content = turn.content.map((part, i, all) =>
    i === all.length - 1 ? { ...part, cache_control: { type: 'ephemeral' as const } } : part,
  );
  return { ...turn, content };
}
