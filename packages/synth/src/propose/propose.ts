import type { World } from '@backlot/protocol';
import type { Answer, Asker, Spent } from './asker.ts';
import { decide } from './decide.ts';
import type { Prove } from './prove.ts';
import type { Problem, Question } from './question.ts';
import { questionsOf } from './questions.ts';

/** What proposals need. */
export interface ProposeOptions {
  readonly problems: readonly Problem[];
  readonly asker: Asker;
  /** Proves candidates against the world that they would replace. */
  readonly prove: (from: World) => Prove;
  readonly onProgress?: (at: { readonly done: number; readonly total: number; readonly question: string }) => void;
  readonly signal?: AbortSignal;
}

/** What came of the questions. */
export interface Proposals {
  readonly world: World;
  readonly adopted: readonly { readonly question: string; readonly won: number }[];
  readonly discarded: readonly { readonly question: string; readonly reason: string }[];
  readonly spent: Spent;
  /** Why not all questions were asked, where that is so. */
  readonly stopped?: string;
}

/** An answer that the logs have decided on, and how. */
interface Decided {
  readonly question: Question;
  readonly proposal: unknown;
  readonly reason: string;
}

/**
 * Asks about each problem, most evidence first, and lets the logs decide on each answer before the next question. Answers that were
 * discarded are decided on again after another was adopted: a page with two faults is exact only when both are mended. Where asking
 * fails for good, as when a budget is used up, what was adopted until then stays. Throws only where it is aborted.
 */
export async function propose(world: World, { problems, asker, prove, onProgress, signal }: ProposeOptions): Promise<Proposals> {
  const questions = questionsOf(world, problems);
  const bench = new Bench(world, prove);
  let spent: Spent = { usd: 0, tokens: 0 };
  let stopped: string | undefined;
  for (const [done, question] of questions.entries()) {
    onProgress?.({ done, total: questions.length, question: question.id });
    const answer = await answerTo(question, asker, signal);
    if ('stopped' in answer) {
      stopped = answer.stopped;
      break;
    }
    spent = { usd: spent.usd + answer.spent.usd, tokens: spent.tokens + answer.spent.tokens };
    if ('unanswered' in answer) bench.leave(question, answer.unanswered);
    else bench.decideOn(question, answer.input);
  }
  return { ...bench.result(), spent, ...(stopped === undefined ? {} : { stopped }) };
}

/** The world as it stands, and the answers that did not get into it. */
class Bench {
  readonly #prove: (from: World) => Prove;
  readonly #adopted: { readonly question: string; readonly won: number }[] = [];
  readonly #left: { readonly question: string; readonly reason: string }[] = [];
  #discarded: readonly Decided[] = [];
  #world: World;

  constructor(world: World, prove: (from: World) => Prove) {
    this.#world = world;
    this.#prove = prove;
  }

  leave({ id }: Question, reason: string): void {
    this.#left.push({ question: id, reason });
  }

  decideOn(question: Question, proposal: unknown): void {
    const reason = this.#decide(question, proposal);
    if (reason === null) this.#decideAgain();
    else this.#discarded = [...this.#discarded, { question, proposal, reason }];
  }

  result(): Pick<Proposals, 'world' | 'adopted' | 'discarded'> {
    const discarded = this.#discarded.map(({ question, reason }) => ({ question: question.id, reason }));
    return { world: this.#world, adopted: this.#adopted, discarded: [...discarded, ...this.#left] };
  }

  /** Null where the proposal is adopted, else why it is not. */
  #decide(question: Question, proposal: unknown): string | null {
    const decision = decide(this.#world, { question, proposal }, this.#prove(this.#world));
    if ('discarded' in decision) return decision.discarded;
    this.#world = decision.adopted;
    this.#adopted.push({ question: question.id, won: decision.won });
    return null;
  }

  #decideAgain(): void {
    const waiting = this.#discarded;
    this.#discarded = [];
    for (const { question, proposal } of waiting) this.decideOn(question, proposal);
  }
}

/** Questions of which an answer could be proven. */
export function provable({ held }: Question): boolean {
  return held.length > 0;
}

async function answerTo(question: Question, asker: Asker, signal?: AbortSignal): Promise<Answer | { readonly stopped: string }> {
  if (!provable(question)) {
    return {
      unanswered: 'It was not asked: only one session shows it, so that nothing could prove an answer.',
      spent: { usd: 0, tokens: 0 },
    };
  }
  try {
    return await asker.ask(question.request, signal);
  } catch (error) {
    signal?.throwIfAborted();
    return { stopped: error instanceof Error ? error.message : String(error) };
  }
}
