import type { CurvePoint } from './train-learner.ts';

const size = { width: 720, height: 400 };
const frame = { left: 60, right: 20, top: 50, bottom: 60 };
const colours = { start: '#8a8f98', imitation: '#2f6fde', practice: '#1c8a5a' } as const;

/** The learning curve as a picture that stands on its own (SVG): the share of the tasks kept apart that were solved, point by point. */
export function curvePicture(
  curve: readonly CurvePoint[],
  { title, random }: { readonly title: string; readonly random?: number },
): string {
  const inner = { width: size.width - frame.left - frame.right, height: size.height - frame.top - frame.bottom };
  const x = (i: number): number => frame.left + (curve.length < 2 ? 0 : (i * inner.width) / (curve.length - 1));
  const y = (share: number): number => frame.top + (1 - share) * inner.height;
  const shares = curve.map(({ solved, total }) => (total === 0 ? 0 : solved / total));
  const line = shares.map((share, i) => `${i === 0 ? 'M' : 'L'}${round(x(i))} ${round(y(share))}`).join(' ');
  const dots = curve.map(({ phase, at, solved, total }, i) => {
    const what = `${saidOf(phase, at)}: ${solved} of ${total}`;
    return `<circle cx="${round(x(i))}" cy="${round(y(shares[i] ?? 0))}" r="4" fill="${colours[phase]}"><title>${what}</title></circle>`;
  });
  const labels = curve.map(
    ({ phase, at }, i) => `<text x="${round(x(i))}" y="${size.height - 36}" text-anchor="middle">${shortOf(phase, at)}</text>`,
  );
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${frame.left}" x2="${size.width - frame.right}" y1="${y(share)}" y2="${y(share)}" stroke="#e3e5e8"/>` +
      `<text x="${frame.left - 8}" y="${y(share) + 4}" text-anchor="end">${100 * share} %</text>`,
  );
  const baseline =
    random === undefined
      ? ''
      : `<line x1="${frame.left}" x2="${size.width - frame.right}" y1="${round(y(random))}" y2="${round(y(random))}" stroke="#c0392b" stroke-dasharray="6 4"/>` +
        `<text x="${size.width - frame.right}" y="${round(y(random)) - 6}" text-anchor="end" fill="#c0392b">random agent</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="system-ui, sans-serif" font-size="12" fill="#30343a">`,
    `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${frame.left}" y="28" font-size="15">${escaped(title)}</text>`,
    ...grid,
    baseline,
    `<path d="${line}" fill="none" stroke="#5b6470" stroke-width="2"/>`,
    ...dots,
    ...labels,
    `<text x="${frame.left}" y="${size.height - 12}" fill="${colours.imitation}">rounds of imitation</text>`,
    `<text x="${size.width - frame.right}" y="${size.height - 12}" text-anchor="end" fill="${colours.practice}">tasks practised</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function saidOf(phase: CurvePoint['phase'], at: number): string {
  return { start: 'untrained', imitation: `after ${at} rounds of imitation`, practice: `after ${at} tasks practised` }[phase];
}

function shortOf(phase: CurvePoint['phase'], at: number): string {
  return phase === 'start' ? 'start' : String(at);
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
