import { browserTools, type BrowserTool } from '@backlot/protocol';
import type { z } from 'zod';
import { acts, look, refused, type Act, type Move } from '../move.ts';
import { sayIssues } from './issues.ts';

type Inputs = { readonly [K in BrowserTool]: z.infer<(typeof browserTools)[K]['input']> };
type Readers = { readonly [K in BrowserTool]: (input: Inputs[K]) => Move };

const readers: Readers = {
  browser_snapshot: () => look,
  browser_take_screenshot: () => look,
  browser_click: ({ ref, doubleClick }) => acts({ kind: doubleClick === true ? 'dblclick' : 'click', place: { ref } }),
  browser_type: ({ ref, text, submit, slowly }) => {
    const place = { ref };
    const write: Act = { kind: slowly === true ? 'type' : 'fill', place, value: text };
    return submit === true ? acts(write, { kind: 'press', place, value: 'Enter' }) : acts(write);
  },
  browser_fill_form: ({ fields }) => acts(...fields.map(fillField)),
  browser_select_option: ({ ref, values: [value = ''] }) => acts({ kind: 'select', place: { ref }, value }),
  browser_hover: ({ ref }) => acts({ kind: 'hover', place: { ref } }),
  browser_press_key: ({ key }) => acts({ kind: 'key', value: key }),
  browser_navigate: ({ url }) => acts({ kind: 'goto', value: url }),
  browser_navigate_back: () => acts({ kind: 'back' }),
  browser_handle_dialog: ({ accept, promptText }) => ({
    move: 'dialog',
    accepted: accept,
    ...(promptText === undefined ? {} : { text: promptText }),
  }),
  // Time is virtual: what a text waits for is there, or comes with the timers that are due.
  browser_wait_for: ({ time }) => acts({ kind: 'wait', value: String(Math.round((time ?? 1) * 1000)) }),
  browser_tabs: ({ action, index = 0 }) =>
    action === 'list' || (action === 'select' && index === 0) ? look : refused('There is one tab, and it stays: go on in it.'),
  browser_close: () => ({ move: 'end', ending: 'done' }),
};

function fillField({ type, ref, value }: Inputs['browser_fill_form']['fields'][number]): Act {
  const place = { ref };
  if (type === 'checkbox' || type === 'radio') return { kind: value === 'true' ? 'check' : 'uncheck', place };
  return { kind: type === 'combobox' ? 'select' : 'fill', place, value };
}

/** Reads a call of a tool of Playwright's MCP server. Nothing of it is ever executed. */
export function readPlaywright(name: string, input: unknown): Move {
  if (!Object.hasOwn(browserTools, name)) {
    return refused(`There is no tool ${JSON.stringify(name)}; there are ${Object.keys(browserTools).join(', ')}.`);
  }
  const tool = name as BrowserTool;
  const parsed = browserTools[tool].input.safeParse(input ?? {});
  if (!parsed.success) return refused(`${name}: ${sayIssues(parsed.error.issues)}`);
  return (readers[tool] as (input: unknown) => Move)(parsed.data);
}
