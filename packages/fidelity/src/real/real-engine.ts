import type { Action, Explanation, Observation, State, World } from '@backlot/protocol';
import { InfraError, type ActResult, type Engine, type Episode } from '@backlot/sandbox';
import { act, reset } from '@backlot/world';
import type { Browser } from 'playwright-core';
import type { Canonical } from '../clone/predict-steps.ts';
import { anchored } from './anchor.ts';
import { PageDriver } from './page-driver.ts';
import type { RealApplication, RunningApplication } from './real-application.ts';
import { reasonOf } from './w2r.ts';

/** No more may be done in the real application. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

/** Actions that may be taken in the real application, and how many have been. */
export class InteractionBudget {
  readonly #most: number;
  #spent = 0;

  constructor(most = Infinity) {
    this.#most = most;
  }

  get spent(): number {
    return this.#spent;
  }

  get left(): number {
    return this.#most - this.#spent;
  }

  /** @throws BudgetSpent where nothing is left */
  take(): void {
    if (this.left <= 0) throw new BudgetSpent(`All ${this.#most} interactions with the real application are used up.`);
    this.#spent += 1;
  }
}

/** A real application where episodes are played. */
export interface RealEngineOptions {
  readonly real: RealApplication;
  /** Left running. */
  readonly browser: Browser;
  readonly canonical: Canonical;
  readonly budget?: InteractionBudget;
}

/**
 * An engine whose episodes are played in the real application, each in one freshly reset. What the world believes goes along and is
 * corrected by every page that is seen (`lift`), so that `state`, and with it a task's verifier, speaks of the real application.
 * `restore` is not possible there.
 */
export function realEngine({ real, browser, canonical, budget = new InteractionBudget() }: RealEngineOptions): Engine {
  return {
    name: 'browser',
    async open({ clone: { world }, account, setup = [], signal }) {
      const application = await real.open(account, signal);
      const episode = await RealEpisode.open({ world, account, application, browser, canonical, budget });
      try {
        // A way to the start that can't be gone there leaves the episode where no verifier is content.
        for (const action of setup) await episode.act(action);
        return episode;
      } catch (error) {
        await episode.close();
        throw error;
      }
    },
    close: () => Promise.resolve(),
  };
}

interface Opening {
  readonly world: World;
  readonly account: string;
  readonly application: RunningApplication;
  readonly browser: Browser;
  readonly canonical: Canonical;
  readonly budget: InteractionBudget;
}

class RealEpisode implements Episode {
  readonly #with: Opening;
  readonly #driver: PageDriver;
  #belief: State;

  private constructor(opening: Opening, driver: PageDriver) {
    this.#with = opening;
    this.#driver = driver;
    this.#belief = reset(opening.world, opening.account);
  }

  static async open(opening: Opening): Promise<RealEpisode> {
    const { browser, application, world } = opening;
    try {
      const driver = await PageDriver.open({ browser, baseURL: application.baseURL, viewport: world.viewport });
      const episode = new RealEpisode(opening, driver);
      await driver.act({ kind: 'goto', value: world.start });
      await episode.#correct();
      return episode;
    } catch (error) {
      await application.close();
      throw new InfraError(`The real application could not be opened: ${reasonOf(error)}`);
    }
  }

  async observe(): Promise<Observation> {
    const { aria, url, title } = await this.#driver.look();
    return { aria, url, title, dialog: null, clock: this.#belief.clock };
  }

  async act(action: Action): Promise<ActResult> {
    const { world, budget } = this.#with;
    budget.take();
    const foretold = act(world, this.#belief, action);
    try {
      await this.#driver.act(action);
    } catch (error) {
      const refused = reasonOf(error);
      const explanation: Explanation = { rules: [], certainty: 'certain', refused, note: refused };
      return { observation: await this.observe(), explanation, refused, dialogs: [] };
    }
    this.#belief = foretold.state;
    await this.#correct();
    const { refused, ...explanation } = foretold.explanation;
    return {
      observation: await this.observe(),
      explanation: refused === undefined ? explanation : { ...explanation, certainty: 'unseen' },
      dialogs: [],
    };
  }

  state(): Promise<State> {
    return Promise.resolve(this.#belief);
  }

  restore(): Promise<void> {
    return Promise.reject(new Error('The real application can’t be set to a state: open another episode.'));
  }

  picture(): Promise<Uint8Array> {
    return this.#driver.picture();
  }

  async close(): Promise<void> {
    await this.#driver.close();
    await this.#with.application.close();
  }

  /** Reads what the page now shows into the belief. */
  async #correct(): Promise<void> {
    const { world, canonical, application } = this.#with;
    const view = { ...(await this.#driver.look()), origin: application.baseURL };
    this.#belief = anchored({ world, canonical }, this.#belief, view).state;
  }
}
