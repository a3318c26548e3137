import type { Action, DialogOutcome, Observation, State, Target, World } from '@backlot/protocol';
import type { BrowserContext, Dialog, Page } from 'playwright-core';
import { InfraError } from '../engine/errors.ts';
import { joinExplanations, nothingToDo, refusal } from '../engine/explain.ts';
import { within } from '../engine/limits.ts';
import type { ActResult, Episode, Look, Point } from '../engine/port.ts';
import { sayAction } from '../engine/wording.ts';
import { keyAlong, pathsOf } from './places.ts';
import { outline, pathAt, removeOutlines, scrollTo, stateOfPage, tidings, type CloneWindow, type Tidings } from './page-side.ts';
import { perform } from './perform.ts';
import { placeOf } from './place-of.ts';

/** What an episode in a browser stands on. */
export interface BrowserEpisodeParts {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly world: World;
  readonly signal: AbortSignal | undefined;
  /** How long one call may take, in milliseconds. */
  readonly patience: number;
  /** Told once that the episode is over. */
  release(): Promise<void>;
  /** Told the account of a restored state, under which later page loads are answered. */
  setAccount(account: string): void;
}

/** One episode in a browser context of its own. */
export class BrowserEpisode implements Episode {
  readonly #parts: BrowserEpisodeParts;
  #dialogs: DialogOutcome[] = [];
  #answer: Action['dialog'];
  #isRestored = false;
  #lost: string | null = null;
  #isClosed = false;
  readonly #isLost: Promise<never>;

  constructor(parts: BrowserEpisodeParts) {
    this.#parts = parts;
    parts.page.on('dialog', (dialog) => void this.#answerDialog(dialog).catch(() => undefined));
    parts.page.on('crash', () => (this.#lost = 'The page crashed.'));
    parts.context.on('close', () => (this.#lost ??= 'The browser went away.'));
    this.#isLost = new Promise((_, lost) => {
      const say = (): void => lost(new Error('The page or its browser is lost.'));
      parts.page.on('crash', say);
      parts.context.on('close', say);
    });
    this.#isLost.catch(() => undefined);
  }

  async observe(): Promise<Observation> {
    return this.#guarded('observe', async () => this.#see(await this.#parts.page.evaluate(tidings)));
  }

  async act(action: Action): Promise<ActResult> {
    return this.#guarded(sayAction(action), async () => {
      const { page, world } = this.#parts;
      this.#dialogs = [];
      this.#answer = action.dialog;
      const stage = { page, world, isRestored: this.#isRestored, hasAsked: () => this.#dialogs.length > 0 };
      const refused = await perform(stage, action);
      // The pointer leaves, so that nothing is seen only because it was last pointed at.
      if (action.kind !== 'hover' || refused !== null) await page.mouse.move(-1, -1);
      const news = await page.evaluate(tidings);
      const observation = await this.#see(news);
      if (refused !== null) return { observation, explanation: refusal(refused), refused, dialogs: [] };
      const explanation = news.explanations.length === 0 ? nothingToDo : joinExplanations(news.explanations);
      return { observation, explanation, dialogs: this.#dialogs };
    });
  }

  async state(): Promise<State> {
    return this.#guarded('state', () => this.#parts.page.evaluate((): State => (window as unknown as CloneWindow).backlot.state()));
  }

  async restore(state: State): Promise<void> {
    await this.#guarded('restore', async () => {
      this.#answer = undefined;
      this.#parts.setAccount(state.account);
      await this.#parts.page.evaluate(
        (text) => (window as unknown as CloneWindow).backlot.restore(JSON.parse(text)),
        JSON.stringify(state),
      );
      this.#isRestored = true;
    });
  }

  async picture({ scroll, marks = [] }: Look = {}): Promise<Uint8Array> {
    const { page, world } = this.#parts;
    return this.#guarded('picture', async () => {
      if (scroll !== undefined) await page.evaluate(scrollTo, scroll);
      if (marks.length > 0) await page.evaluate(outline, pathsOf(world, await page.evaluate(stateOfPage), marks));
      const png = await page.screenshot({ caret: 'hide', animations: 'disabled' });
      if (marks.length > 0) await page.evaluate(removeOutlines);
      return png;
    });
  }

  async elementAt(point: Point, { scroll }: Look = {}): Promise<string | null> {
    const { page, world } = this.#parts;
    return this.#guarded('elementAt', async () => {
      if (scroll !== undefined) await page.evaluate(scrollTo, scroll);
      const path = await page.evaluate(pathAt, point);
      return path === null ? null : keyAlong(world, await page.evaluate(stateOfPage), path);
    });
  }

  async placeOf(target: Target): Promise<Point | null> {
    return this.#guarded('placeOf', () => placeOf(this.#parts.page, target));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await within(this.#parts.patience, this.#parts.context.close()).catch(() => undefined);
    await this.#parts.release();
  }

  async #see({ url, title, clock }: Tidings): Promise<Observation> {
    return { aria: await this.#parts.page.locator('body').ariaSnapshot(), url, title, dialog: null, clock };
  }

  async #answerDialog(dialog: Dialog): Promise<void> {
    const accepted = this.#answer?.accepted ?? true;
    const type = dialog.type() as DialogOutcome['type'];
    const text = type === 'prompt' && accepted ? { text: this.#answer?.text ?? '' } : {};
    this.#dialogs.push({ type, message: dialog.message(), accepted, ...text });
    await (accepted ? dialog.accept(text.text) : dialog.dismiss());
  }

  /** What fails in here is the engine's own fault: what an action may not do was answered before. */
  async #guarded<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.#parts.signal?.throwIfAborted();
    try {
      return await within(this.#parts.patience, Promise.race([work(), this.#isLost]));
    } catch (cause) {
      const reason = this.#lost ?? (cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause));
      throw new InfraError(`The browser engine failed at ${what}: ${reason}`, { cause });
    }
  }
}
