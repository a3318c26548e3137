import { computerInputSchema, type ComputerInput } from '@backlot/protocol';
import { ground, readComputer, restingHands, spotOf, type Act, type Hands as Memory } from '@backlot/dialects';
import type { ComputerTool } from '@backlot/llm';
import type { Screen } from '../screen.ts';
import { finishTool, issueOf, readCall, type Hands, type Wish } from './hands.ts';

/** Sees pages as pictures, and acts at points of them with the computer tool. Each act becomes an action on the element at that point. */
export function computerHands(screen: Screen | undefined, type: ComputerTool['type']): Hands {
  if (screen === undefined) throw new Error('Computer use needs pictures: run it on the browser engine or the container engine.');
  const { width, height } = screen.size;
  const hands = new ComputerHands(screen);
  let shown = '';
  return {
    manual: [
      'You see each page as a screenshot, and act with the computer tool at points of it. The browser shows one page and has no address bar.',
      'A list that drops down is not opened: click it, then type the label of the option.',
    ].join(' '),
    tools: [{ type, name: 'computer', display_width_px: width, display_height_px: height }, finishTool],
    betas: [`computer-use-${type === 'computer_20250124' ? '2025-01-24' : '2025-11-24'}`],
    pagesKept: 2,
    read: (call) => readCall(call, { name: 'computer', read: (input) => hands.read(input) }),
    show: async ({ url }) => {
      // Another page is shown from its beginning.
      if (url !== shown) screen.scrollHome();
      shown = url;
      const data = Buffer.from(await screen.picture()).toString('base64');
      return [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }];
    },
  };
}

class ComputerHands {
  readonly #screen: Screen;
  #memory: Memory = restingHands;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  async read(input: unknown): Promise<Wish> {
    const read = computerInputSchema.safeParse(input);
    if (!read.success) return { wrong: issueOf('computer', read.error) };
    const outside = this.#outside(read.data);
    if (outside !== null) return { wrong: outside };
    const move = readComputer(read.data);
    if (move.move === 'refused') return { wrong: move.reason };
    return move.move === 'act' ? this.#all(move.acts) : { actions: [] };
  }

  /** The first act on the page as it is shown, and the others on what that leads to. */
  async #all([act, ...more]: readonly Act[]): Promise<Wish> {
    if (act === undefined) return { actions: [] };
    if (act.by !== undefined) this.#screen.scroll(act.by);
    const scene = await this.#screen.scene();
    const spot = await spotOf(scene, act, { hands: this.#memory, keyAt: (point) => this.#screen.keyAt(point) });
    const grounded = 'refused' in spot ? spot : ground(scene, act, spot);
    if ('refused' in grounded) return { wrong: grounded.refused };
    this.#memory = grounded.hands;
    return { actions: grounded.actions, ...(more.length === 0 ? {} : { rest: () => this.#all(more) }) };
  }

  #outside({ coordinate }: ComputerInput): string | null {
    const { width, height } = this.#screen.size;
    if (coordinate === undefined || (coordinate[0] < width && coordinate[1] < height)) return null;
    return `The point ${coordinate.join(', ')} is outside the screen of ${width} by ${height} pixels.`;
  }
}
