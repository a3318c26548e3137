import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { DomElement, StyleRule } from '@backlot/protocol';
import { accessiblePage, ariaSnapshot } from '@backlot/world';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileStyles, styleSheetsOf } from '../../src/styles/index.ts';
import { fixtures } from './fixtures.ts';
import { liveDom } from './live-dom.ts';

const viewport = { width: 1280, height: 800 };
const examples = path.join(path.dirname(createRequire(import.meta.url).resolve('todomvc/package.json')), 'examples');
const recorded = path.join(import.meta.dirname, 'recorded');

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['BACKLOT_CHROMIUM'] ?? '' });
  page = await browser.newPage({ viewport });
});

afterAll(async () => {
  await browser?.close();
});

interface Captured {
  readonly root: DomElement;
  readonly rules: readonly StyleRule[];
}

async function capture(): Promise<Captured> {
  const root = await page.evaluate(liveDom);
  return { root, rules: compileStyles(styleSheetsOf(root), viewport) };
}

/** Holds our snapshot of the page against Playwright's, once the page has drawn what was last done to it. */
async function expectSameSnapshot(): Promise<void> {
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 20))));
  const expected = await page.locator('body').ariaSnapshot();
  const { root, rules } = await capture();
  expect(ariaSnapshot(root, rules)).toBe(expected);
}

/** Looks every element up in the page by its target; gives those that Playwright does not find there. */
async function lostTargets(): Promise<readonly string[]> {
  const { root, rules } = await capture();
  const view = accessiblePage(root, rules);
  const lost: string[] = [];
  for (const { element } of view.elements()) {
    const { role, name, nth, hidden } = view.describe(element);
    const indices = pathTo(root, element);
    if (indices === null || indices.length === 0) continue;
    const found = page.getByRole(role as 'button', { name, exact: true, includeHidden: hidden }).nth(nth);
    const isSame = await found.evaluate(isAt, indices, { timeout: 10_000 }).catch(() => false);
    if (!isSame || (!hidden && view.find({ role, name, nth }) !== element)) lost.push(`${role} "${name}" ${nth}`);
  }
  return lost;
}

/** Places among element siblings that lead from the root to the element. */
function pathTo(root: DomElement, wanted: DomElement): readonly number[] | null {
  if (root === wanted) return [];
  const kids = root.children.filter((child) => 'tag' in child);
  for (const [place, kid] of kids.entries()) {
    const rest = pathTo(kid, wanted);
    if (rest !== null) return [place, ...rest];
  }
  return null;
}

function isAt(element: Element, indices: readonly number[]): boolean {
  let at: Element | undefined = document.documentElement;
  for (const index of indices) at = at?.children[index];
  return at === element;
}

describe('a small page', () => {
  it.each(Object.entries(fixtures))('is printed as Playwright prints it: %s', async (_, html) => {
    await page.setContent(html.includes('<body') ? html : `<!doctype html><title>t</title><body>${html}`);
    await expectSameSnapshot();
    expect(await lostTargets()).toEqual([]);
  });
});

describe('a recorded page', () => {
  it.each(readdirSync(recorded).sort())('is printed as Playwright prints it: %s', async (file) => {
    await page.setContent(gunzipSync(readFileSync(path.join(recorded, file))).toString());
    await expectSameSnapshot();
    expect(await lostTargets()).toEqual([]);
  });
});

describe('a live application', () => {
  beforeAll(async () => {
    await page.route('http://todo.test/**', async (route) => {
      const file = path.join(examples, decodeURIComponent(new URL(route.request().url()).pathname));
      await route.fulfill({ path: file }).catch(() => route.abort());
    });
  });

  it.each(['react', 'backbone', 'vue'])('is printed as Playwright prints it after every action: %s', async (name) => {
    await page.goto(`http://todo.test/${name}/index.html`);
    const entry = page.getByPlaceholder('What needs to be done?');
    await entry.waitFor();
    await expectSameSnapshot();
    for (const title of ['buy milk', 'yes', 'a: b']) {
      await entry.fill(title);
      await page.keyboard.press('Enter');
    }
    await expectSameSnapshot();
    await page.getByRole('checkbox').nth(1).check();
    await page.mouse.move(0, 0);
    await expectSameSnapshot();
    expect(await lostTargets()).toEqual([]);
    await page.getByText('yes', { exact: true }).dblclick();
    await page.mouse.move(0, 0);
    await expectSameSnapshot();
  });
});
