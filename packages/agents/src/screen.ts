import type { World } from '@backlot/protocol';
import { sceneOf, type Point, type Scene } from '@backlot/dialects';
import type { Episode } from '@backlot/sandbox';

/** The page as a person has it before them. Points are pixels from the upper left corner of the picture. */
export interface Screen {
  readonly size: { readonly width: number; readonly height: number };
  /** PNG. */
  picture(): Promise<Uint8Array>;
  /** The page that is shown. */
  scene(): Promise<Scene>;
  /** Key of the element at a point; null where there is nothing. */
  keyAt(point: Point): Promise<string | null>;
  /** Moves what is shown, by pixels. */
  scroll(by: Point): void;
  /** Shows the page from its beginning again. */
  scrollHome(): void;
}

/** The screen of an episode; undefined for engines without pixels. */
export function screenOf(episode: Episode, world: World): Screen | undefined {
  const { picture, elementAt } = episode;
  if (picture === undefined || elementAt === undefined) return undefined;
  let scroll = { x: 0, y: 0 };
  return {
    size: world.viewport,
    picture: () => picture.call(episode, { scroll }),
    scene: async () => sceneOf(world, await episode.state()),
    keyAt: (point) => elementAt.call(episode, point, { scroll }),
    scroll({ x, y }) {
      scroll = { x: Math.max(0, scroll.x + x), y: Math.max(0, scroll.y + y) };
    },
    scrollHome() {
      scroll = { x: 0, y: 0 };
    },
  };
}
