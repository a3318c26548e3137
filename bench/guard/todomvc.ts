import { parseAria, type Rng } from '@backlot/agents';
import type { Action } from '@backlot/protocol';
import { serveTodomvc } from '@backlot/example-todomvc';
import type { Examinee } from './exam.ts';

const on = (role: string, name: string, nth = 0): Pick<Action, 'target'> => ({ target: { role, name, nth } });
const field = on('textbox', 'What needs to be done?');

/** A session that adds, ticks, renames and filters, and every now and then deletes: with the button, by an empty title, or all that is done. */
export function todomvc(implementation: string, steps: number): Examinee {
  let queue: Action[] = [];
  let left = steps;
  let added = 0;
  const enter = (edit = field): Action => ({ kind: 'press', ...edit, value: 'Enter' });
  const plan = (aria: string, rng: Rng): Action[] => {
    const nodes = parseAria(aria);
    const count = nodes.filter(({ role }) => role === 'listitem').length - 3;
    const links = new Set(nodes.filter(({ role }) => role === 'link').map(({ name }) => name));
    const clear = nodes.find(({ role, name }) => role === 'button' && name.startsWith('Clear completed'));
    const add = (): Action[] => [{ kind: 'fill', ...field, value: `Number ${(added += 1)}` }, enter()];
    if (count < 4 && !links.has('All')) return add();
    const at = rng.int(Math.max(1, count));
    const edit = on('textbox', '');
    const rename = (value: string): Action[] => [
      { kind: 'dblclick', ...on('listitem', '', at) },
      { kind: 'fill', ...edit, value },
      enter(edit),
    ];
    const dice = rng.int(100);
    if (count < 3) return dice < 40 && links.has('All') ? [{ kind: 'click', ...on('link', 'All') }] : add();
    if (dice < 22) return add();
    if (dice < 34) return [{ kind: 'click', ...on('checkbox', '', at + 1) }];
    if (dice < 44) return [{ kind: 'click', ...on('link', rng.pick(['All', 'Active', 'Completed']) ?? 'All') }];
    if (dice < 52) return rename(`Renamed ${(added += 1)}`);
    if (dice < 58) return rename(' ');
    if (dice < 66 && clear !== undefined) return [{ kind: 'click', ...on('button', clear.name) }];
    if (dice < 69) return [{ kind: 'reload' }];
    return [{ kind: 'click', ...on('button', '✖', at) }];
  };
  return {
    name: `TodoMVC (${implementation})`,
    account: 'default',
    open: () => serveTodomvc(implementation),
    async records(page) {
      const texts = await page.evaluate(() => Object.values({ ...localStorage }));
      const todos = texts
        .flatMap((text) => JSON.parse(text) as unknown)
        .filter((todo): todo is { id: string } => typeof todo === 'object' && todo !== null && 'id' in todo);
      return new Map(todos.map((todo) => [String(todo.id), JSON.stringify(todo)]));
    },
    next(aria, rng) {
      left -= 1;
      if (left < 0) return null;
      if (queue.length === 0) queue = plan(aria, rng);
      return queue.shift() ?? null;
    },
  };
}
