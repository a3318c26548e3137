import { acts, refused, type Move, type Place } from '../move.ts';

/** How far `scroll` moves the picture, in pixels. */
const page = 600;
const by = (ref: string | undefined): { readonly place: Place } => ({ place: { ref: ref ?? '' } });

type Parts = readonly (string | undefined)[];

const oneTab = (): Move => refused('There is one tab, and it stays: go on in it.');

/** The actions of WebArena, each with its form: `type [id] [text] [1]`. */
const forms: readonly (readonly [RegExp, (parts: Parts) => Move])[] = [
  [/^click \[?([^[\]\s]+)\]?$/, ([id]) => acts({ kind: 'click', ...by(id) })],
  [/^hover \[?([^[\]\s]+)\]?$/, ([id]) => acts({ kind: 'hover', ...by(id) })],
  [/^type \[?([^[\]\s]+)\]? \[([^]*?)\](?: \[(?:press_enter_after=)?([01])\])?$/, typeInto],
  [/^press \[(.+)\]$/, ([key]) => acts({ kind: 'key', value: key ?? '' })],
  [/^scroll \[?(?:direction=)?(up|down)\]?$/, ([way]) => acts({ kind: 'scroll', by: { x: 0, y: way === 'up' ? -page : page } })],
  [/^(?:new_tab|close_tab)$/, oneTab],
  [/^(?:tab_focus|page_focus) \[?\d+\]?$/, oneTab],
  [/^goto \[?([^\s\]]+)\]?$/, ([url]) => acts({ kind: 'goto', value: url ?? '' })],
  [/^go_back$/, () => acts({ kind: 'back' })],
  [/^go_forward$/, () => acts({ kind: 'forward' })],
  [/^stop(?: \[([^]*)\])?$/, stop],
  [/^(?:none|noop)$/, () => acts({ kind: 'wait', value: '1000' })],
];

/** Adds text to a field; Enter follows unless it says 0. */
function typeInto([id, text = '', enter = '1']: Parts): Move {
  const write = { kind: 'type', ...by(id), value: text } as const;
  return enter === '0' ? acts(write) : acts(write, { kind: 'press', ...by(id), value: 'Enter' });
}

/** WebArena's agents say `N/A` where they think that the task can't be done. */
function stop([answer = '']: Parts): Move {
  const ending = /^n\/?a$/i.test(answer.trim()) ? 'gave_up' : 'done';
  return { move: 'end', ending, ...(answer === '' ? {} : { answer }) };
}

/** Reads what an agent of WebArena says; fences of backticks around it are left out. */
export function readWebArena(input: string): Move {
  const line = input.trim().replace(/^`{1,3}\s*|\s*`{1,3}$/g, '');
  for (const [form, read] of forms) {
    const found = form.exec(line);
    if (found !== null) return read(found.slice(1));
  }
  return refused(`${JSON.stringify(line.slice(0, 80))} is no action. Write one such as click [id], type [id] [text] [1] or stop [answer].`);
}
