import type { Target, World } from '@backlot/protocol';
import type { Episode } from '@backlot/sandbox';
import { accessiblePage, pathToKey, render } from '@backlot/world';

/** The page as a person has it before them. Points are pixels from the upper left corner of the picture. */
export interface Screen {
  readonly size: { readonly width: number; readonly height: number };
  /** PNG. */
  picture(): Promise<Uint8Array>;
  /** What stands at a point: the nearest thing around it that can be acted on, else the element there; null where there is nothing. */
  targetAt(x: number, y: number): Promise<Target | null>;
  /** Moves what is shown, by pixels. */
  scroll(x: number, y: number): void;
  /** Shows the page from its beginning again. */
  scrollHome(): void;
}

/** Roles of what people act on: a point inside one means it, and not the text or picture that it holds. */
const actedOn = new Set(
  (
    'button checkbox combobox link listbox menuitem menuitemcheckbox menuitemradio option radio ' +
    'searchbox slider spinbutton switch tab textbox treeitem'
  ).split(' '),
);

/** The screen of an episode; undefined for engines without pixels. */
export function screenOf(episode: Episode, world: World): Screen | undefined {
  const { picture, elementAt } = episode;
  if (picture === undefined || elementAt === undefined) return undefined;
  let scroll = { x: 0, y: 0 };
  return {
    size: world.viewport,
    picture: () => picture.call(episode, { scroll }),
    async targetAt(x, y) {
      const key = await elementAt.call(episode, { x, y }, { scroll });
      return key === null ? null : targetOf(world, { key, state: await episode.state() });
    },
    scroll(x, y) {
      scroll = { x: Math.max(0, scroll.x + x), y: Math.max(0, scroll.y + y) };
    },
    scrollHome() {
      scroll = { x: 0, y: 0 };
    },
  };
}

function targetOf(
  world: World,
  { key, state }: { readonly key: string; readonly state: Awaited<ReturnType<Episode['state']>> },
): Target | null {
  const { root } = render(world, state);
  const model = accessiblePage(root, world.styles, { hover: state.hover, focus: state.focus });
  const around = pathToKey(root, key).map((element) => model.describe(element));
  const meant = around.findLast(({ role }) => actedOn.has(role)) ?? around.at(-1);
  return meant === undefined ? null : { role: meant.role, name: meant.name, nth: meant.nth };
}
