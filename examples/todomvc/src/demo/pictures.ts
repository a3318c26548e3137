import { isSamePage, normaliseAria, PageDriver } from '@backlot/fidelity';
import type { Action, Session } from '@backlot/protocol';
import type { Browser } from 'playwright-core';

/** Original and clone after the same actions. */
export interface Moment {
  readonly step: number;
  readonly action: Action;
  /** PNG. */
  readonly original: Uint8Array;
  readonly clone: Uint8Array;
  /** To the last byte the same picture; the same accessibility snapshot. */
  readonly samePixels: boolean;
  readonly sameAria: boolean;
}

/** What is pictured, where. */
export interface PictureOptions {
  readonly session: Session;
  /** Addresses without a slash at the end. */
  readonly original: string;
  readonly clone: string;
  readonly browser: Browser;
  /** How many moments. */
  readonly count: number;
  readonly signal: AbortSignal;
}

/** Takes a session's actions in both applications side by side, and pictures of moments spread over it. Ends where one refuses. */
export async function takePictures({ session, original, clone, browser, count, signal }: PictureOptions): Promise<Moment[]> {
  const { viewport } = session;
  const drivers = [
    await PageDriver.open({ browser, viewport, baseURL: original }),
    await PageDriver.open({ browser, viewport, baseURL: clone }),
  ] as const;
  const wanted = spread(session.steps.length, count);
  const moments: Moment[] = [];
  try {
    for (const { index, action } of session.steps) {
      signal.throwIfAborted();
      const done = await Promise.allSettled(drivers.map((driver) => driver.act(action)));
      if (done.some(({ status }) => status === 'rejected')) break;
      if (wanted.has(index)) moments.push(await takeMoment(drivers, index, action));
    }
  } finally {
    await Promise.all(drivers.map((driver) => driver.close()));
  }
  return moments;
}

async function takeMoment([original, clone]: readonly [PageDriver, PageDriver], step: number, action: Action): Promise<Moment> {
  const pictures = [await original.picture(), await clone.picture()] as const;
  const sameAria = isSamePage(normaliseAria(await original.aria()), normaliseAria(await clone.aria()));
  const samePixels = Buffer.from(pictures[0]).equals(Buffer.from(pictures[1]));
  return { step, action, original: pictures[0], clone: pictures[1], samePixels, sameAria };
}

/** Places evenly over a session, its end among them, its bare beginning not. */
function spread(steps: number, count: number): ReadonlySet<number> {
  return new Set(Array.from({ length: count }, (_, i) => Math.round(((i + 1) * (steps - 1)) / count)));
}
