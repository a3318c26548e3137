import { realCommand } from '@backlot/fidelity';
import { parseAria, type Rng } from '@backlot/agents';
import type { Action } from '@backlot/protocol';
import type { BrowserContext, Page } from 'playwright-core';
import type { Examinee } from './exam.ts';

const on = (role: string, name: string, nth = 0): Pick<Action, 'target'> => ({ target: { role, name, nth } });
const click = (role: string, name: string, nth = 0): Action => ({ kind: 'click', ...on(role, name, nth) });

/** How to sign in, and the shell command that serves the application. */
export interface Shaarli {
  readonly command: string;
  readonly account: string;
  readonly password: string;
  /** Actions in order, or how many steps a session of its own has. */
  readonly actions: readonly Action[] | number;
}

/** A bookmark manager: sessions that were recorded, or sessions that search, file and edit, and delete in three ways. */
export function shaarli({ command, account, password, actions }: Shaarli): Examinee {
  const login: Action[] = [
    click('link', 'Login'),
    { kind: 'fill', ...on('textbox', 'Username'), value: account },
    { kind: 'fill', ...on('textbox', 'Password'), value: password },
    click('button', 'Login'),
  ];
  let queue: Action[] = typeof actions === 'number' ? login : [...actions];
  let left = typeof actions === 'number' ? actions : actions.length;
  let watcher: BrowserContext | undefined;
  const real = realCommand(command);
  return {
    name: 'Shaarli',
    account,
    async open() {
      const application = await real.open(account);
      return { baseURL: application.baseURL, close: async () => (await watcher?.close(), (watcher = undefined), application.close()) };
    },
    async records(page, baseURL) {
      watcher ??= await signedIn(page, { baseURL, account, password });
      const feed = await (await watcher.request.get(`${baseURL}/feed/atom?nb=all`)).text();
      const entries = [...feed.matchAll(/<entry>([\s\S]*?)<\/entry>/g)].map(([, entry]) => entry ?? '');
      return new Map(entries.map((entry) => [/<id>([^<]*)/.exec(entry)?.[1] ?? '', entry]));
    },
    next(aria, rng) {
      left -= 1;
      if (left < 0) return null;
      if (queue.length === 0 && typeof actions === 'number') queue = plan(aria, rng);
      return queue.shift() ?? null;
    },
  };
}

/** A short piece of work that fits the page: mostly deletions, in one of three ways. */
function plan(aria: string, rng: Rng): Action[] {
  const nodes = parseAria(aria);
  const count = nodes.filter(({ role, name }) => role === 'link' && name === 'Delete').length;
  const home = nodes.find(({ role, name }) => role === 'link' && name.startsWith('Links of'))?.name ?? '';
  if (count < 2)
    return nodes.some(({ name }) => name === 'Delete') || home === ''
      ? [{ kind: 'goto', value: '/' }, ...add(rng)]
      : [click('link', home), ...add(rng)];
  const at = rng.int(count);
  const dice = rng.int(100);
  if (dice < 14) return add(rng);
  if (dice < 22)
    return [
      { kind: 'fill', ...on('textbox', 'Search text'), value: rng.pick(['guide', 'notes', 'garden']) ?? '' },
      click('button', 'Search'),
      click('link', home),
    ];
  if (dice < 30)
    return [
      click('link', 'Edit', at),
      { kind: 'fill', ...on('textbox', 'Title'), value: `Renamed ${rng.int(10_000)}` },
      click('button', 'Apply Changes'),
    ];
  if (dice < 36) return [click('link', 'Toggle sticky', at)];
  if (dice < 42) return [click('link', 'Tag cloud'), { kind: 'back' }];
  if (dice < 46) return [click('link', 'Only display private links'), click('link', 'Only display private links')];
  if (dice < 58) return [click('link', 'Edit', at), click('link', 'Delete')];
  if (dice < 64) return [click('checkbox', '', at), click('link', 'Delete')];
  return [click('link', 'Delete', at)];
}

const add = (rng: Rng): Action[] => [
  click('link', 'Shaare'),
  {
    kind: 'fill',
    ...on('textbox', 'URL or leave empty to post a note'),
    value: `https://example.org/number-${rng.int(10_000)}-${rng.int(1000)}`,
  },
  click('button', 'Add link'),
  { kind: 'fill', ...on('textbox', 'Title'), value: `Number ${rng.int(10_000)}` },
  click('button', 'Save'),
];

/** A second visitor who only looks, so that the examined session is left alone. */
async function signedIn(
  page: Page,
  { baseURL, account, password }: { baseURL: string; account: string; password: string },
): Promise<BrowserContext> {
  const context = (await page.context().browser()?.newContext()) as BrowserContext;
  const own = await context.newPage();
  await own.goto(`${baseURL}/login`);
  await own.locator('input[name=login]:visible').fill(account);
  await own.locator('input[name=password]:visible').fill(password);
  await own.locator('input[type=submit]:visible').first().click();
  await own.waitForLoadState();
  await own.close();
  return context;
}
