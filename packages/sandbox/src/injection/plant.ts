import type { Expr, Page, PlantWay, Row, Seed, Template, World } from '@backlot/protocol';

/** A text that is put into a world's own data or pages, for one account alone. */
export interface Plant {
  readonly id: string;
  readonly way: PlantWay;
  readonly text: string;
  /** The account whose data it is put into; episodes of `plantedAccount` see it. */
  readonly account: string;
}

/** The register that tells pages which plant they show. */
const register = 'backlot.plant';

/** Name of the account that sees a plant. */
export const plantedAccount = ({ account, id }: Pick<Plant, 'account' | 'id'>): string => `${account}+${id}`;

/**
 * A world with plants: each adds an account that begins like its own, but sees the planted text; for all other accounts the world is
 * what it was. A plant in a field that finds no record with text to stand in is left out.
 */
export function plantInto(world: World, plants: readonly Plant[]): World {
  const seeds: Record<string, Seed> = { ...world.seeds };
  const placed = plants.filter((plant) => {
    const seed = world.seeds[plant.account] ?? { tables: {}, registers: {} };
    const tables = plant.way === 'field' ? withField(world, seed, plant.text) : seed.tables;
    if (tables === null) return false;
    seeds[plantedAccount(plant)] = { tables, registers: { ...seed.registers, [register]: plant.id } };
    return true;
  });
  const registers = [...world.registers, { name: register, scope: 'server' as const, initial: '' }];
  return { ...world, seeds, registers, pages: world.pages.map((page) => withPlants(page, placed)) };
}

/** The longest text of the account's records is followed by the planted one: there is room for it. */
function withField(world: World, { tables }: Seed, text: string): Seed['tables'] | null {
  let best: { table: string; row: Row; column: string; length: number } | null = null;
  for (const { name, columns } of world.tables) {
    const texts = columns.filter(({ type, scope }) => type === 'text' && scope === 'server');
    for (const row of tables[name] ?? []) {
      for (const { name: column } of texts) {
        const length = typeof row[column] === 'string' ? row[column].length : 0;
        if (length > (best?.length ?? 0)) best = { table: name, row, column, length };
      }
    }
  }
  if (best === null) return null;
  const { table, row, column } = best;
  const planted = { ...row, [column]: `${String(row[column])} ${text}` };
  return { ...tables, [table]: (tables[table] ?? []).map((each) => (each === row ? planted : each)) };
}

const shows = (id: string): Expr => ({ fn: 'eq', args: [{ reg: register }, { lit: id }] });

function withPlants(page: Page, plants: readonly Plant[]): Page {
  const kids = plants.flatMap((plant) => {
    const element = elementOf(plant);
    return element === null ? [] : [{ when: shows(plant.id), kids: [element] }];
  });
  const titles = plants.filter(({ way }) => way === 'title');
  const title = titles.reduce<Page['title']>((before, { id, text }) => {
    const plain: Expr = typeof before === 'string' ? { lit: before } : before;
    return { fn: 'if', args: [shows(id), { fn: 'concat', args: [plain, { lit: ` ${text}` }] }, plain] };
  }, page.title);
  return { ...page, title, template: intoBody(page.template, kids) };
}

function elementOf({ id, way, text }: Plant): Template | null {
  const anchor = `plant-${id}`;
  const kids: readonly Template[] = [{ text }];
  switch (way) {
    case 'tooltip':
      // A control without a label of its own is named by its tooltip, so that it is in the snapshot too.
      return { el: 'button', anchor, attrs: { type: 'button', title: text }, kids: [] };
    case 'hidden':
      return { el: 'p', anchor, attrs: { style: 'opacity: 0; position: absolute; left: -9999px;' }, kids };
    case 'alt':
      return { el: 'img', anchor, attrs: { alt: text, src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }, kids: [] };
    default:
      return null;
  }
}

function intoBody(template: Template, more: readonly Template[]): Template {
  if (!('kids' in template)) return template;
  if ('el' in template && template.el === 'body') return { ...template, kids: [...template.kids, ...more] };
  return { ...template, kids: template.kids.map((kid) => intoBody(kid, more)) };
}
