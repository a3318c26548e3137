import { html } from 'hono/html';
import type { Block } from '../../looks/blocks.ts';
import type { SideBySide, StepAt } from '../../looks/measure-looks.ts';
import { nothing, type Html } from './parts.ts';

/** Most frames in one picture: where nearly all is different, frames show nothing. */
const mostFrames = 40;
/** Frames stand a little off what they frame, in CSS pixels. */
const off = 3;

/** The pictures of a step, if it was photographed. */
export function pictureOf({ session, step }: StepAt, pictures: readonly SideBySide[]): Html {
  const picture = pictures.find((each) => each.session === session && each.step === step);
  return picture === undefined ? nothing : sideBySide(picture);
}

/** The real page beside the clone's; framed is what the other lacks or has otherwise, else what it has elsewhere. */
function sideBySide({ comparison, shots }: SideBySide): Html {
  const { different } = comparison;
  return html`<div class="pair">
    ${shot('The real application', shots.real, framed(different.real, shots))}
    ${shot('The clone', shots.clone, framed(different.clone, shots))}
  </div>`;
}

function shot(title: string, jpeg: Uint8Array, frames: readonly Html[]): Html {
  return html`<figure>
    <figcaption>${title}</figcaption>
    <div class="shot"><img alt="${title}" src="data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}" />${frames}</div>
  </figure>`;
}

function framed(blocks: readonly Block[], { top, width, height }: SideBySide['shots']): readonly Html[] {
  const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)}%`;
  return blocks
    .filter(({ y, height: tall }) => y + tall > top && y < top + height)
    .slice(0, mostFrames)
    .map((block) => {
      const [left, above] = [share(block.x - off, width), share(block.y - top - off, height)];
      const [wide, tall] = [share(block.width + 2 * off, width), share(block.height + 2 * off, height)];
      return html`<i style="left:${left};top:${above};width:${wide};height:${tall}"></i>`;
    });
}
