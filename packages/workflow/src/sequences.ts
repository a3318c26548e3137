import type { State, World } from '@backlot/protocol';
import { anchorOf, findAll, render } from '@backlot/world';
import { pageOf } from './abstract.ts';
import type { Sequence } from './contexts.ts';
import type { WorkModel } from './model-schema.ts';
import type { Observed } from './observed.ts';
import { isCommit } from './segment.ts';

/** Reads which of the known symbols a state offers: those of elements that its page shows, and those that need none. */
export function offerReader(world: World, symbols: readonly string[]): (state: State) => readonly number[] {
  const parts = symbols.map((symbol) => symbol.split(' '));
  const known = new Set(world.pages.map(({ id }) => id));
  return (state) => {
    const page = pageOf(world, state);
    const shown = new Set<string>();
    for (const { key, attrs } of findAll(render(world, state).root, (element) => element.key !== undefined)) {
      if (!('disabled' in attrs)) shown.add(anchorOf(key as string));
    }
    const offers = ([, on = '', anchor = '']: readonly string[]): boolean =>
      !known.has(on) || (on === page && (anchor === '' || !anchor.startsWith(on) || shown.has(anchor)));
    return parts.flatMap((part, s) => (offers(part) ? [s] : []));
  };
}

/** The sessions that a model was learned from, as its contexts see them. */
export function trainingSequences({ traces }: WorkModel): readonly Sequence[] {
  return traces.map(({ account, steps, pages, commits, offers }) => ({
    account,
    symbols: steps,
    pages,
    offered: offers.map((offer) => new Set(offer === '' ? [] : offer.split(',').map(Number))),
    commits: steps.map((_, i) => commits.includes(i)),
  }));
}

/** Further sessions in the symbols of a model. */
export function sequencesOf(world: World, { symbols }: Pick<WorkModel, 'symbols'>, corpus: readonly Observed[]): readonly Sequence[] {
  const numbers = new Map(symbols.map((symbol, i) => [symbol, i]));
  const offered = offerReader(world, symbols);
  return corpus.map(({ session, steps }) => ({
    account: session.account,
    symbols: steps.map(({ token }) => numbers.get(token) ?? -1),
    pages: steps.map(({ abstracted }) => abstracted.action.page ?? ''),
    offered: steps.map(({ played }) => new Set(offered(played.before))),
    commits: steps.map(isCommit),
  }));
}
