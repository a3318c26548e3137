import type { Target } from '@backlot/protocol';
import type { Page } from 'playwright-core';
import type { Point } from '../engine/port.ts';

/** Longest time that an element is waited for to be scrolled into the window, in milliseconds. */
const patience = 1000;

/** The middle of an element in the window, scrolled to as for a click; null where no such element shows. Nothing is pointed at. */
export async function placeOf(page: Page, { role, name, nth }: Target): Promise<Point | null> {
  const found = page.getByRole(role as Parameters<Page['getByRole']>[0], { name: name.trim().replace(/\s+/g, ' '), exact: true });
  const element = found.nth(nth);
  if ((await found.count()) <= nth) return null;
  await element.scrollIntoViewIfNeeded({ timeout: patience }).catch(() => undefined);
  const box = await element.boundingBox({ timeout: patience }).catch(() => null);
  return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
