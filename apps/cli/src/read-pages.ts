import type { Canonical } from '@backlot/fidelity';
import type { LogSet } from '@backlot/protocol';

/** How synthesis reads logged pages, with the pictures of these logs. */
export async function pageReading({ assets }: Pick<LogSet, 'assets'>): Promise<Canonical> {
  const { assetFinder, canonical } = await import('@backlot/synth');
  const picture = assetFinder('/', assets);
  return (root, page) => canonical(root, { ...page, picture });
}
