import type { World } from '@backlot/protocol';
import { reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { placedPage } from '../../src/blame/placed-lines.ts';
import { counterWorld } from '../fixtures/counter-world.ts';

const base = counterWorld();
const empty: World = {
  ...base,
  pages: base.pages.map((page) => ({ ...page, template: { el: 'html', anchor: 'h', attrs: {}, kids: [] } })),
};

describe('placedPage', () => {
  it('gives no lines for a page that shows nothing', () => {
    expect(placedPage(empty, reset(empty), [])).toEqual({ page: 'home', lines: [] });
  });
});
