import type { Share } from '@backlot/fidelity';

const size = { width: 640, height: 360 };
const frame = { left: 56, right: 20, top: 48, bottom: 48 };

/** A curve with 95 % intervals over a number that doubles, as a picture that stands on its own (SVG). */
export function linePicture(curve: readonly { readonly n: number; readonly share: Share }[], title: string): string {
  const inner = { width: size.width - frame.left - frame.right - 20, height: size.height - frame.top - frame.bottom };
  const last = Math.log2(Math.max(2, ...curve.map(({ n }) => n)));
  const x = (n: number): string => (frame.left + 10 + (inner.width * Math.log2(n)) / last).toFixed(1);
  const y = (share: number): string => (frame.top + inner.height * (1 - share)).toFixed(1);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line x1="${frame.left}" x2="${size.width - frame.right}" y1="${y(share)}" y2="${y(share)}" stroke="#e3e5e8"/>` +
      `<text x="${frame.left - 8}" y="${Number(y(share)) + 4}" text-anchor="end">${100 * share} %</text>`,
  );
  const dots = curve.map(
    ({ n, share: { share, low, high } }) =>
      `<line x1="${x(n)}" x2="${x(n)}" y1="${y(low)}" y2="${y(high)}" stroke="#9cc7bf" stroke-width="3"/>` +
      `<circle cx="${x(n)}" cy="${y(share)}" r="4" fill="#0f766e"/>` +
      `<text x="${x(n)}" y="${size.height - 24}" text-anchor="middle">${n}</text>`,
  );
  const line = curve.map(({ n, share }, i) => `${i === 0 ? 'M' : 'L'}${x(n)} ${y(share.share)}`).join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="system-ui, sans-serif" font-size="12" fill="#30343a">`,
    `<title>${title}</title><rect width="100%" height="100%" fill="#fff"/><text x="${frame.left}" y="26" font-size="15">${title}</text>`,
    ...grid,
    `<path d="${line}" fill="none" stroke="#0f766e" stroke-width="2"/>`,
    ...dots,
    '</svg>',
    '',
  ].join('\n');
}
