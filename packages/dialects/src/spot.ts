import type { Hands, Spot } from './ground.ts';
import type { Act, Point } from './move.ts';
import type { Scene } from './scene.ts';

/** Who looks for the place of an act. */
export interface Looking {
  readonly hands: Hands;
  /** Key of the element at a point of the picture; null where nobody sees pictures. */
  readonly keyAt: ((point: Point) => Promise<string | null>) | null;
}

/** Where an act is done in a scene; or why nobody knows. At a point what can be acted on is meant, and not the text or picture in it. */
export async function spotOf(scene: Scene, { kind, place }: Act, looking: Looking): Promise<Spot | { readonly refused: string }> {
  const { hands, keyAt } = looking;
  if (place === undefined || kind === 'scroll') return { element: null, hands };
  if ('target' in place) return { element: scene.byTarget(place.target), hands };
  if ('ref' in place) {
    const element = scene.byRef(place.ref);
    return element === null ? { refused: `The page has no element [ref=${place.ref}]: look at it again.` } : { element, hands };
  }
  if (keyAt === null) return { refused: 'Nothing sees this page as pixels: point by ref, or play where there is a browser.' };
  const key = await keyAt(place.point);
  const element = key === null ? null : scene.byKey(key);
  return element === null
    ? { refused: `There is nothing at ${place.point.x}, ${place.point.y}.` }
    : { element: scene.meant(element), hands };
}
