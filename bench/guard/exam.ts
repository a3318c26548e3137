import { PageDriver } from '@backlot/fidelity';
import type { Action, Decision } from '@backlot/protocol';
import { RealEpisode, SupervisedEpisode, type Clone, type CompiledPolicy } from '@backlot/sandbox';
import { canonical } from '@backlot/synth';
import { createRng, type Rng } from '@backlot/agents';
import type { Browser, Page } from 'playwright-core';

/** What is done to a real application, and how to tell from its own data what that did. */
export interface Examinee {
  readonly name: string;
  readonly account: string;
  open(): Promise<{ readonly baseURL: string; close(): Promise<void> }>;
  /** The records that the application holds, from its own data: id and content. */
  records(page: Page, baseURL: string): Promise<ReadonlyMap<string, string>>;
  /** The next action, from what the page shows; null at the end. */
  next(aria: string, rng: Rng): Action | null;
}

/** One action: what the guard said, and what really happened. */
export interface Judged {
  readonly action: Action;
  readonly url: string;
  readonly lost: number;
  readonly changed: number;
  readonly decision: Decision;
  /** Time that the decision took, from the page as it was last seen, in milliseconds. */
  readonly refused: string | undefined;
}

/** Lets one session through the guard, which only says what it would do; the application's own data tell what was done. */
export async function examine(
  examinee: Examinee,
  parts: { readonly browser: Browser; readonly clone: Clone; readonly policies: readonly CompiledPolicy[]; readonly seed: number },
): Promise<readonly Judged[]> {
  const { browser, clone, policies, seed } = parts;
  const application = await examinee.open();
  const judged: Judged[] = [];
  const driver = await PageDriver.open({ browser, baseURL: application.baseURL, viewport: clone.world.viewport });
  const page = driver.page;
  try {
    await driver.act({ kind: 'goto', value: clone.world.start });
    const look = async () => {
      const view = await driver.look();
      return { ...view, root: canonical(view.root, { origin: application.baseURL, url: view.url }) };
    };
    const real = new RealEpisode(
      { look, act: (action) => driver.act(action), picture: () => driver.picture(), close: () => driver.close() },
      { world: clone.world, account: examinee.account },
    );
    const episode = await SupervisedEpisode.begin(real, {
      options: { clone, account: examinee.account },
      supervision: { policies, mode: 'observe', shown: () => real.shown() },
    });
    const rng = createRng(seed);
    let { aria } = await episode.observe();
    for (let action = examinee.next(aria, rng); action !== null; action = examinee.next(aria, rng)) {
      const before = await examinee.records(page, application.baseURL);
      const { url } = await episode.observe();
      const result = await episode.act(action);
      const after = await examinee.records(page, application.baseURL);
      ({ aria } = result.observation);
      const lost = [...before.keys()].filter((id) => !after.has(id)).length;
      const changed = [...before].filter(([id, content]) => after.has(id) && after.get(id) !== content).length;
      judged.push({ action, url, lost, changed, decision: result.decision as Decision, refused: result.refused });
    }
  } finally {
    await driver.close();
    await application.close();
  }
  return judged;
}
