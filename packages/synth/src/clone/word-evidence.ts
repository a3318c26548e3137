import type { Evidence } from '@backlot/protocol';

/** Numbers with runs of three and more as ranges: `1, 4–7`. */
function wordSteps(steps: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const step of [...new Set(steps)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && step === last.to + 1) last.to = step;
    else runs.push({ from: step, to: step });
  }
  return runs.map(({ from, to }) => (to - from > 1 ? `${from}–${to}` : to > from ? `${from}, ${to}` : String(from))).join(', ');
}

/** Where something was learned, a line for each session: `s0001, steps 2, 5–9`. */
export function wordEvidence(evidence: readonly Evidence[]): readonly string[] {
  const steps = new Map<string, number[]>();
  for (const { session, step } of evidence) steps.set(session, [...(steps.get(session) ?? []), step]);
  return [...steps].map(([session, mine]) => `${session}, ${mine.length === 1 ? 'step' : 'steps'} ${wordSteps(mine)}`);
}
