import type { Canonical, RealMeasure } from '@backlot/fidelity';
import type { Clone } from '@backlot/sandbox';
import { makeAgent, type AgentName } from './agents.ts';
import type { Context } from './io/command.ts';

/** How the real application is used. */
export interface RealTerms {
  /** Starts the application freshly reset and prints its address. */
  readonly command: string;
  readonly agent: AgentName;
  readonly runs: number;
  readonly seed: number;
  readonly interactions?: number;
}

/** Tasks of the learned work, done in the clone and in the real application. */
export async function measureInReality(
  clone: Clone & { readonly dir: string },
  { terms, canonical }: { readonly terms: RealTerms; readonly canonical: Canonical },
  context: Context,
): Promise<RealMeasure> {
  const { terminal, signal } = context;
  const { buildSuite, readWork } = await import('@backlot/suites');
  const { measureReal, realCommand } = await import('@backlot/fidelity');
  const { launchBrowser } = await import('@backlot/recorder');
  const { dir, hash, world } = clone;
  const { runs: n, seed } = terms;
  const { tasks } = await buildSuite(world, await readWork(dir), {
    n,
    seed,
    cloneDir: dir,
    hash,
    onProgress: ({ admitted }) => {
      signal.throwIfAborted();
      terminal.progress(`${admitted} of ${n} tasks admitted`);
    },
  });
  const { agent } = await makeAgent(terms.agent, { usd: 0 }, context);
  const browser = await launchBrowser();
  let done = 0;
  try {
    return await measureReal({
      clone,
      tasks,
      agent,
      real: realCommand(terms.command),
      browser,
      canonical,
      seed,
      signal,
      ...(terms.interactions === undefined ? {} : { interactions: terms.interactions }),
      onProgress: ({ id }) => terminal.progress(`did ${id} in the real application, ${++done} of ${tasks.length}`),
    });
  } finally {
    await browser.close();
  }
}
