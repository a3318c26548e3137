import { simplestBetween } from './simplest.ts';
import type { Term } from './term.ts';
import { call, constantTerm, parameter, textAt } from './term.ts';

const ellipses = ['...', '…', '..'];
/** Shorter beginnings stand before an ellipsis by chance. */
const shortestKept = 2;

interface Cut {
  readonly text: string;
  readonly kept: number;
}

/** The beginning of the text that the wanted text shows before an ellipsis. */
function cutOf(text: string, want: string, ellipsis: string): Cut | null {
  for (let at = want.indexOf(ellipsis); at >= 0; at = want.indexOf(ellipsis, at + 1)) {
    for (let kept = Math.min(at, text.length - 1); kept >= shortestKept; kept--) {
      if (want.slice(at - kept, at) === text.slice(0, kept)) return { text, kept };
    }
  }
  return null;
}

function byCharacters(
  base: Term,
  ellipsis: string,
  seen: { readonly cuts: readonly Cut[]; readonly whole: readonly string[] },
): readonly Term[] {
  const kept = seen.cuts[0]?.kept as number;
  if (!seen.cuts.every((cut) => cut.kept === kept)) return [];
  const low = Math.max(0, ...seen.whole.map((text) => text.length));
  const high = Math.min(...seen.cuts.map((cut) => cut.text.length)) - 1;
  if (low > high) return [];
  const args = [base, constantTerm(kept), parameter(ellipsis)];
  const made = low <= kept && kept <= high ? [call('excerpt', args)] : [];
  const longest = kept + ellipsis.length;
  if (low <= longest && longest <= high) made.push(call('excerpt', [...args, constantTerm(longest)], made.length === 0 ? 0 : 1));
  else if (made.length === 0) made.push(call('excerpt', [...args, constantTerm(simplestBetween(low, high))]));
  return made;
}

function byWords(
  base: Term,
  ellipsis: string,
  seen: { readonly cuts: readonly Cut[]; readonly whole: readonly string[] },
): readonly Term[] {
  if (!seen.cuts.every(({ text, kept }) => /\s/.test(text.charAt(kept)) && !/\s/.test(text.charAt(kept - 1)))) return [];
  const made: Term[] = [];
  const low = Math.max(...seen.cuts.map((cut) => cut.kept), ...seen.whole.map((text) => text.length));
  const ends = seen.cuts.map(({ text, kept }) => kept + (/^\s+\S*/.exec(text.slice(kept))?.[0].length ?? 0));
  const high = Math.min(...ends) - 1;
  if (low <= high) made.push(call('excerptWords', [base, constantTerm(simplestBetween(low, high)), parameter(ellipsis)]));
  const counts = new Set(seen.cuts.map(({ text, kept }) => text.slice(0, kept).split(/\s+/).length));
  if (counts.size === 1) made.push(call('firstWords', [base, constantTerm([...counts][0] as number), parameter(ellipsis)]));
  return made;
}

/** A text cut short with an ellipsis, by characters, by whole words that fit, or by a number of words. */
export function excerpts(bases: readonly Term[], rows: readonly number[], wanted: readonly string[]): readonly Term[] {
  const used = ellipses.filter((ellipsis) => wanted.some((want) => want.includes(ellipsis)));
  const made: Term[] = [];
  for (const base of used.length === 0 ? [] : bases) {
    for (const ellipsis of used) {
      const cuts: Cut[] = [];
      const whole: string[] = [];
      const fits = rows.every((row, i) => {
        const text = textAt(base, row);
        const cut = (wanted[i] as string).includes(text) ? null : cutOf(text, wanted[i] as string, ellipsis);
        if (cut) cuts.push(cut);
        else whole.push(text);
        return cut !== null || (wanted[i] as string).includes(text);
      });
      if (fits && cuts.length > 0) made.push(...byCharacters(base, ellipsis, { cuts, whole }), ...byWords(base, ellipsis, { cuts, whole }));
    }
  }
  return made;
}
