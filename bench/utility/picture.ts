import type { Share } from '@backlot/fidelity';

const size = { width: 680, height: 380 };
const frame = { left: 56, right: 24, top: 56, bottom: 56 };
const colours = ['#b45309', '#0f766e'];

/** Curves of shares with 95 % intervals, as a picture that stands on its own (SVG). */
export function curvesPicture(
  curves: readonly { readonly name: string; readonly points: readonly { readonly at: number; readonly share: Share }[] }[],
  title: string,
): string {
  const inner = { width: size.width - frame.left - frame.right - 20, height: size.height - frame.top - frame.bottom };
  const last = Math.max(1, ...curves.flatMap(({ points }) => points.map(({ at }) => at)));
  const x = (at: number): string => (frame.left + 10 + (inner.width * at) / last).toFixed(1);
  const y = (share: number): string => (frame.top + inner.height * (1 - share)).toFixed(1);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${frame.left}" x2="${size.width - frame.right}" y1="${y(share)}" y2="${y(share)}" stroke="#e3e5e8"/>` +
      `<text x="${frame.left - 8}" y="${Number(y(share)) + 4}" text-anchor="end">${100 * share} %</text>`,
  );
  const drawn = curves.flatMap(({ name, points }, i) => {
    const colour = colours[i % colours.length];
    const way = points.map(({ at, share }, k) => `${k === 0 ? 'M' : 'L'}${x(at)} ${y(share.share)}`).join(' ');
    return [
      `<path d="${way}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...points.map(
        ({ at, share }) =>
          `<line x1="${x(at)}" x2="${x(at)}" y1="${y(share.low)}" y2="${y(share.high)}" stroke="${colour}" stroke-opacity="0.4" stroke-width="3"/>` +
          `<circle cx="${x(at)}" cy="${y(share.share)}" r="4" fill="${colour}"><title>${at}: ${share.hits} of ${share.total}</title></circle>` +
          `<text x="${x(at)}" y="${size.height - 32}" text-anchor="middle">${at}</text>`,
      ),
      `<text x="${frame.left + 10 + 240 * i}" y="${size.height - 12}" fill="${colour}">${name}</text>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="system-ui, sans-serif" font-size="12" fill="#30343a">`,
    `<title>${title}</title><rect width="100%" height="100%" fill="#fff"/><text x="${frame.left}" y="28" font-size="15">${title}</text>`,
    ...grid,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}
