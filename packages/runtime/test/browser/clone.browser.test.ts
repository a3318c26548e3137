import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { State, WorldEvent } from '@backlot/protocol';
import fc from 'fast-check';
import { observe, reset, transition } from '@backlot/world';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deskWorld } from '../fixtures/desk-world.ts';
import { serveWorld } from '../fixtures/open-clone.ts';

let browser: Browser;
let served: Awaited<ReturnType<typeof serveWorld>>;
let context: BrowserContext;
let page: Page;
let errors: string[];

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['BACKLOT_CHROMIUM'] ?? '' });
  served = await serveWorld(deskWorld);
});
afterAll(async () => {
  await browser.close();
  await served.close();
});
beforeEach(async () => {
  served.accounts.now = 'two';
  context = await browser.newContext({ viewport: deskWorld.viewport });
  page = await newPage();
});
afterEach(async () => {
  await context.close();
  expect(errors).toEqual([]);
});

async function newPage(): Promise<Page> {
  const opened = await context.newPage();
  errors = [];
  opened.on('pageerror', (error) => errors.push(error.message));
  opened.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return opened;
}

const pure = (events: readonly WorldEvent[], from: State = reset(deskWorld, 'two')): State =>
  events.reduce((state, event) => transition(deskWorld, state, event).state, from);
const stateOf = (at: Page = page): Promise<State> => at.evaluate(() => window.backlot.state());

/** The page's state and what it shows are what the interpreter says after the same events. */
async function agrees(events: readonly WorldEvent[], hover: string | null = null): Promise<State> {
  const state = await stateOf();
  const wanted = pure(events);
  expect(state).toEqual(wanted);
  if (hover === null) await page.mouse.move(900, 690);
  const seen = observe(deskWorld, { ...wanted, hover });
  expect(await page.locator('body').ariaSnapshot()).toBe(seen.aria);
  expect(await page.title()).toBe(seen.title);
  expect(page.url()).toBe(served.url + seen.url);
  return state;
}

const row = (title: string) => page.getByRole('listitem').filter({ hasText: title });
const field = () => page.getByPlaceholder('New note');
const milk = 'a1';

describe('a clone in a browser', () => {
  it('shows the account’s start state when its load event fires', async () => {
    await page.goto(served.url);
    await agrees([]);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('body').getAttribute('class')).toBe('list');
  });

  it('adds, toggles and deletes as the interpreter does', async () => {
    await page.goto(served.url);
    const events: WorldEvent[] = [
      { type: 'fill', key: 'new', value: ' Wash car ' },
      { type: 'press', name: 'Enter', key: 'new' },
    ];
    await field().fill(' Wash car ');
    await field().press('Enter');
    await agrees(events);
    expect(await field().inputValue()).toBe('');
    events.push({ type: 'click', key: 'tick:n1' });
    await row('Wash car').getByRole('checkbox').check();
    await agrees(events);
    events.push({ type: 'click', key: 'tick:n1' });
    await row('Wash car').getByRole('checkbox').uncheck();
    await agrees(events);
    await row('Call Ada').hover();
    await agrees(events, 'row:a2');
    events.push({ type: 'click', key: 'drop:a2' });
    await row('Call Ada').getByRole('button').click();
    await agrees(events);
  });

  it('ignores Enter in a blank field', async () => {
    await page.goto(served.url);
    await field().fill('  ');
    await field().press('Enter');
    await agrees([
      { type: 'fill', key: 'new', value: '  ' },
      { type: 'press', name: 'Enter' },
    ]);
  });

  it('takes a double click for one event and gives the edit field the focus', async () => {
    await page.goto(served.url);
    const events: WorldEvent[] = [{ type: 'dblclick', key: `title:${milk}` }];
    await page.getByText('Buy milk').dblclick();
    await agrees(events);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Edit');
    await page.keyboard.type('!');
    await page.keyboard.press('Enter');
    events.push({ type: 'fill', key: `edit:${milk}`, value: 'Buy milk!' }, { type: 'press', name: 'Enter' });
    const state = await agrees(events);
    expect(state.tables['note']?.[0]?.['title']).toBe('Buy milk!');
  });

  it('commits an edit when a click elsewhere takes the focus, and the click counts too', async () => {
    await page.goto(served.url);
    await page.getByText('Buy milk').dblclick();
    await page.getByLabel('Edit').fill('Buy oats');
    await row('Call Ada').getByRole('checkbox').click();
    const state = await agrees([
      { type: 'dblclick', key: `title:${milk}` },
      { type: 'fill', key: `edit:${milk}`, value: 'Buy oats' },
      { type: 'click', key: 'tick:a2' },
    ]);
    expect(state.tables['note']).toMatchObject([{ title: 'Buy oats' }, { done: false }]);
  });

  it('gives an edit up on Escape', async () => {
    await page.goto(served.url);
    await page.getByText('Buy milk').dblclick();
    await page.getByLabel('Edit').fill('Nothing');
    await page.getByLabel('Edit').press('Escape');
    const state = await agrees([
      { type: 'dblclick', key: `title:${milk}` },
      { type: 'fill', key: `edit:${milk}`, value: 'Nothing' },
      { type: 'press', name: 'Escape' },
    ]);
    expect(state.tables['note']?.[0]?.['title']).toBe('Buy milk');
  });

  it('filters by fragment and follows the browser’s back and forward buttons', async () => {
    await page.goto(served.url);
    const events: WorldEvent[] = [{ type: 'click', key: 'open' }];
    await page.getByRole('link', { name: 'Open' }).click();
    await agrees(events);
    await page.goBack();
    await agrees([...events, { type: 'back' }]);
    await page.goForward();
    await agrees([...events, { type: 'back' }, { type: 'forward' }]);
    await page.evaluate(() => window.history.go(-1));
    await expect.poll(() => stateOf().then((state) => state.history.index)).toBe(0);
  });

  it('takes a typed fragment for going to an address', async () => {
    await page.goto(served.url);
    await page.evaluate(() => (window.location.hash = '#/open'));
    await expect.poll(() => stateOf()).toEqual(pure([{ type: 'goto', url: '/#/open' }]));
    await page.goBack();
    await agrees([{ type: 'goto', url: '/#/open' }, { type: 'back' }]);
  });

  it('keeps the data and forgets the page on reload, and is fresh in a new context', async () => {
    await page.goto(served.url);
    await page.getByText('Buy milk').dblclick();
    await field().fill('Typed');
    await field().press('Enter');
    await page.reload();
    const events: WorldEvent[] = [
      { type: 'dblclick', key: `title:${milk}` },
      { type: 'fill', key: 'new', value: 'Typed' },
      { type: 'press', name: 'Enter' },
      { type: 'reload' },
    ];
    const state = await agrees(events);
    expect(state.tables['note']).toHaveLength(3);
    await context.close();
    context = await browser.newContext();
    page = await newPage();
    await page.goto(served.url);
    await agrees([]);
  });

  it('begins anew where the server names another account', async () => {
    await page.goto(served.url);
    await field().fill('Typed');
    served.accounts.now = 'empty';
    await page.reload();
    expect(await stateOf()).toEqual(reset(deskWorld, 'empty'));
  });

  it('opens a deep address, goes on from a typed one and comes back across documents', async () => {
    await page.goto(`${served.url}/settings`);
    const events: WorldEvent[] = [{ type: 'goto', url: '/settings' }];
    await agrees(events);
    await page.goto(`${served.url}/#/open`);
    events.push({ type: 'goto', url: '/#/open' });
    await agrees(events);
    await page.goBack();
    await agrees([...events, { type: 'back' }]);
    await page.goForward();
    await agrees([...events, { type: 'back' }, { type: 'forward' }]);
  });

  it('shares the data between tabs and keeps their histories apart', async () => {
    await page.goto(served.url);
    await field().fill('Typed');
    await field().press('Enter');
    const second = await context.newPage();
    await second.goto(`${served.url}/settings`);
    const there = await stateOf(second);
    expect(there.tables['note']).toHaveLength(3);
    expect(there.history).toEqual({ entries: ['/settings'], index: 0 });
    await second.evaluate(() => void window.backlot.dispatch({ type: 'goto', url: '/' }));
    await second.getByText('Typed').click();
    await row('Typed').getByRole('checkbox').check();
    await expect.poll(() => stateOf(second).then((state) => state.tables['note']?.[2]?.['done'])).toBe(true);
  });

  it('asks a confirm natively and carries out the answer', async () => {
    await page.goto(served.url);
    const events: WorldEvent[] = [
      { type: 'click', key: 'clear' },
      { type: 'dialog', accept: false },
    ];
    page.once('dialog', (dialog) => void dialog.dismiss());
    await page.getByText('Clear done').click();
    await agrees(events);
    const messages: string[] = [];
    page.once('dialog', (dialog) => {
      messages.push(dialog.message());
      void dialog.accept();
    });
    await page.getByText('Clear done').click();
    events.push({ type: 'click', key: 'clear' }, { type: 'dialog', accept: true });
    const state = await agrees(events);
    expect(messages).toEqual(['Delete what is done?']);
    expect(state.tables['note']).toHaveLength(1);
  });

  it('sends a form with every kind of control as a request and follows its redirect', async () => {
    await page.goto(served.url);
    await page.getByText('Settings').click();
    await page.getByLabel('Owner').fill('Ours');
    await page.getByLabel('Colour').selectOption({ label: 'blue' });
    await page.getByLabel('Loud').check();
    await page.getByText('Large').click();
    await page.getByLabel('About').fill('two\nlines');
    const events: WorldEvent[] = [
      { type: 'click', key: 'settings' },
      { type: 'fill', key: 'owner', value: 'Ours' },
      { type: 'select', key: 'colour', value: 'blue' },
      { type: 'click', key: 'loud' },
      { type: 'click', key: 'large-label' },
      { type: 'fill', key: 'about', value: 'two\nlines' },
    ];
    await agrees(events);
    expect(await page.getByLabel('Large').isChecked()).toBe(true);
    expect(await page.getByLabel('Small').isChecked()).toBe(false);
    await page.getByText('Save').click();
    const state = await agrees([...events, { type: 'click', key: 'save' }]);
    expect(state.registers).toMatchObject({ owner: 'Ours', colour: 'blue', size: 'large', loud: 'on', about: 'two\nlines' });
    expect(await page.getByLabel('About').inputValue()).toBe('two\nlines');
  });

  it('sends a form by Enter in a field and lets Enter be a new line in a text area', async () => {
    await page.goto(`${served.url}/settings`);
    await page.getByLabel('About').focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('b');
    await page.getByLabel('Owner').press('Enter');
    const state = await stateOf();
    expect(state.registers).toMatchObject({ about: 'plain\nb', colour: 'green' });
  });

  it('keeps the caret while a person types in the middle of a text', async () => {
    await page.goto(served.url);
    await field().click();
    await page.keyboard.type('ad');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('bc');
    expect(await field().inputValue()).toBe('abcd');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).selectionStart)).toBe(3);
    expect((await stateOf()).drafts).toEqual({ new: 'abcd' });
  });

  it('moves the focus with Tab as the interpreter does', async () => {
    await page.goto(`${served.url}/settings`);
    await page.getByLabel('Owner').click();
    await page.keyboard.press('Tab');
    await agrees([
      { type: 'goto', url: '/settings' },
      { type: 'click', key: 'owner' },
      { type: 'press', name: 'Tab' },
    ]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('colour');
  });

  it('lets real time run a timer, to the virtual millisecond', async () => {
    await page.goto(served.url);
    await page.getByText('Later').click();
    expect((await stateOf()).registers['message']).toBe('soon');
    await expect.poll(() => stateOf().then((state) => state.registers['message'])).toBe('rung');
    await agrees([
      { type: 'click', key: 'later' },
      { type: 'advance', ms: 300 },
    ]);
  });

  it('leaves time to the caller while it is held', async () => {
    await page.goto(served.url);
    await page.evaluate(() => window.backlot.holdTime(true));
    await page.getByText('Later').click();
    await page.waitForTimeout(500);
    expect((await stateOf()).registers['message']).toBe('soon');
    await page.evaluate(() => window.backlot.dispatch({ type: 'advance', ms: 300 }));
    expect((await stateOf()).registers['message']).toBe('rung');
  });

  it('dispatches hover only where a rule waits for it', async () => {
    await page.goto(served.url);
    await page.getByText('Buy milk').hover();
    expect((await stateOf()).hover).toBeNull();
    await page.getByText('Hover here').hover();
    await agrees([{ type: 'hover', key: 'zone' }], 'zone');
  });

  it('goes nowhere by an outside link, and says so', async () => {
    await page.goto(served.url);
    await page.getByText('Outside').click();
    await agrees([{ type: 'click', key: 'outside' }]);
    expect(await page.evaluate(() => window.backlot.explanation()?.note)).toContain('https://example.com/');
  });

  it('runs no script of a template', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(served.url);
    await page.waitForTimeout(100);
    expect(asked.filter((path) => path !== '/favicon.ico')).toEqual(['/', '/runtime.js', '/world.json']);
    expect(await page.title()).toBe('Ada’s desk · Desk');
  });

  it('lets no name shadow members of the document and of the window', async () => {
    await page.goto(served.url);
    await page.getByLabel('Odd').fill('x');
    await agrees([{ type: 'fill', key: 'clobber-field', value: 'x' }]);
    expect(await page.evaluate(() => typeof document.createElement)).toBe('function');
  });

  it('draws SVG elements in their namespace and case', async () => {
    await page.goto(served.url);
    expect(await page.evaluate(() => document.querySelector('svg')?.firstElementChild instanceof SVGLinearGradientElement)).toBe(true);
  });

  it('goes on undisturbed while the browser is still on its way back', async () => {
    await page.goto(served.url);
    const events: WorldEvent[] = [{ type: 'click', key: 'settings' }, { type: 'back' }, { type: 'click', key: 'open' }];
    const dispatchAll = (json: string) => (JSON.parse(json) as WorldEvent[]).forEach((event) => void window.backlot.dispatch(event));
    await page.evaluate(dispatchAll, JSON.stringify(events));
    await expect.poll(() => page.url()).toBe(`${served.url}/#/open`);
    await agrees(events);
    await page.evaluate(dispatchAll, JSON.stringify([{ type: 'back' }]));
    await page.evaluate(() => void window.backlot.reset('two'));
    await expect.poll(() => page.url()).toBe(`${served.url}/`);
    await page.getByText('Settings').click();
    await page.goBack();
    await agrees([{ type: 'click', key: 'settings' }, { type: 'back' }]);
  });

  it('keeps an element, its caret and its scroll through changes around it', async () => {
    await page.goto(served.url);
    await page.getByText('Call Ada').dblclick();
    await page.keyboard.type(' now');
    await page.keyboard.press('ArrowLeft');
    await page.getByLabel('Edit').evaluate((field) => ((window as unknown as { kept: Element }).kept = field));
    const before = await stateOf();
    const fewer = { ...before, tables: { note: before.tables['note']!.slice(1) } };
    const more = { ...fewer, tables: { note: [{ id: 'z', title: 'First', done: false, editing: false }, ...fewer.tables.note] } };
    for (const state of [fewer, more]) {
      await page.evaluate((json) => window.backlot.restore(JSON.parse(json)), JSON.stringify(state));
      const same = () => (window as unknown as { kept: HTMLInputElement }).kept === document.activeElement;
      expect(await page.evaluate(same)).toBe(true);
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).selectionStart)).toBe('Call Ada now'.length - 1);
    }
  });

  it('shows after many changes what a fresh document shows', async () => {
    await page.goto(served.url);
    const look = () =>
      page.evaluate(() => {
        const fields = [...document.querySelectorAll('input, textarea, select')] as HTMLInputElement[];
        const live = fields.map((field) => [field.value, field.checked, (field as unknown as HTMLSelectElement).selectedIndex]);
        return { html: document.documentElement.outerHTML, live, title: document.title };
      });
    const keys = [
      'tick:a1',
      'tick:a2',
      'tick:n1',
      'drop:a2',
      'drop:n1',
      'open',
      'all',
      'settings',
      'back',
      'save',
      'loud',
      'large',
      'small',
    ];
    const texts = ['', 'x', 'long text'];
    const events = fc.oneof(
      fc.record({ type: fc.constant('click' as const), key: fc.constantFrom(...keys) }),
      fc.record({ type: fc.constant('dblclick' as const), key: fc.constantFrom('title:a1', 'title:n1') }),
      fc.record({
        type: fc.constant('fill' as const),
        key: fc.constantFrom('new', 'edit:a1', 'owner', 'about'),
        value: fc.constantFrom(...texts),
      }),
      fc.record({ type: fc.constant('select' as const), key: fc.constant('colour'), value: fc.constantFrom('red', 'blue') }),
      fc.record({ type: fc.constant('press' as const), name: fc.constantFrom('Enter', 'Tab', 'Escape') }),
      fc.constantFrom({ type: 'back' as const }, { type: 'forward' as const }, { type: 'reload' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(events, { minLength: 1, maxLength: 25 }), async (list) => {
        await page.evaluate((account) => void window.backlot.reset(account), 'two');
        await page.evaluate(
          (json) => (JSON.parse(json) as WorldEvent[]).forEach((event) => window.backlot.dispatch(event)),
          JSON.stringify(list),
        );
        const state = await stateOf();
        expect(state).toEqual(pure(list));
        const grown = await look();
        await page.evaluate(() => document.body.replaceChildren());
        await page.evaluate((json) => window.backlot.restore(JSON.parse(json)), JSON.stringify(state));
        expect(grown).toEqual(await look());
        expect(await page.locator('body').ariaSnapshot()).toBe(observe(deskWorld, state).aria);
      }),
      { numRuns: 25 },
    );
  });

  it('takes up any state and resets to any account', async () => {
    await page.goto(served.url);
    const other = pure([
      { type: 'click', key: 'open' },
      { type: 'click', key: `tick:${milk}` },
    ]);
    await page.evaluate((json) => window.backlot.restore(JSON.parse(json)), JSON.stringify(other));
    expect(await stateOf()).toEqual(other);
    expect(page.url()).toBe(`${served.url}/#/open`);
    await page.goBack();
    expect(await stateOf()).toEqual(transition(deskWorld, other, { type: 'back' }).state);
    expect(await page.evaluate(() => window.backlot.reset('empty'))).toEqual(reset(deskWorld, 'empty'));
    expect(await page.getByRole('listitem').count()).toBe(0);
  });
});
