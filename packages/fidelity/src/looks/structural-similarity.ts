import { PNG } from 'pngjs';
import { ssim } from 'ssim.js';

/**
 * Structural similarity of two pictures (SSIM, Wang et al. 2004), 1 where they are the same. A smaller picture is laid on white, so
 * that both have one size: what only one has counts as different.
 * @throws where a picture is no PNG
 */
export function structuralSimilarity(a: Uint8Array, b: Uint8Array): number {
  const pictures = [a, b].map((bytes) => PNG.sync.read(Buffer.from(bytes)));
  const width = Math.max(...pictures.map((each) => each.width));
  const height = Math.max(...pictures.map((each) => each.height));
  const [left, right] = pictures.map((each) => onWhite(each, { width, height }));
  if (left === undefined || right === undefined || left.data.equals(right.data)) return 1;
  return ssim(pixels(left), pixels(right)).mssim;
}

function onWhite(picture: PNG, { width, height }: { readonly width: number; readonly height: number }): PNG {
  if (picture.width === width && picture.height === height) return picture;
  const sheet = new PNG({ width, height });
  sheet.data.fill(255);
  PNG.bitblt(picture, sheet, 0, 0, picture.width, picture.height, 0, 0);
  return sheet;
}

const pixels = ({ width, height, data }: PNG) => ({ width, height, data: new Uint8ClampedArray(data) });
