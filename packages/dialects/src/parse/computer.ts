import type { ComputerAction, ComputerInput } from '@backlot/protocol';
import { acts, look, refused, type Act, type Move, type Place } from '../move.ts';

/** How far one unit of `scroll_amount` moves the picture, in pixels. */
const notch = 100;
/** Longest wait of the world, in seconds. */
const longestWait = 60;
const directions = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] } as const;

const clicks: Partial<Record<ComputerAction, Act['kind']>> = {
  left_click: 'click',
  double_click: 'dblclick',
  triple_click: 'tripleclick',
  mouse_move: 'hover',
};

/** Reads an input of Anthropic's computer tool (`computer_20250124`, `computer_20251124`). */
export function readComputer(input: ComputerInput): Move {
  const { action, text } = input;
  const kind = clicks[action];
  if (kind !== undefined) return pointed(kind, input);
  switch (action) {
    case 'screenshot':
    case 'cursor_position':
    case 'zoom':
      return look;
    case 'type':
      return typed(text);
    case 'key':
      return text === undefined || text.trim() === '' ? refused('key needs the names of keys in text.') : acts(...keys(text));
    case 'wait':
      return acts({ kind: 'wait', value: String(Math.min(longestWait, input.duration ?? 1) * 1000) });
    case 'scroll':
      return scroll(input);
    default:
      return refused(`${action} does nothing here: use left_click, double_click, type, key and scroll.`);
  }
}

function pointed(kind: Act['kind'], { action, coordinate, text = '' }: ComputerInput): Move {
  if (coordinate === undefined) return refused(`${action} needs a coordinate.`);
  if (kind !== 'hover' && text !== '') return refused('Clicks with a key held down are not part of the world.');
  return acts({ kind, ...at(coordinate) });
}

const at = ([x, y]: readonly [number, number]): { readonly place: Place } => ({ place: { point: { x, y } } });

/** A line break in what is typed is the Enter key. */
function typed(text: string | undefined): Move {
  if (text === undefined) return refused('type needs a text.');
  const lines = text.split('\n');
  return acts(
    ...lines.flatMap((line, i) => [
      ...(line === '' ? [] : [{ kind: 'type', value: line } as const]),
      ...(i < lines.length - 1 ? [{ kind: 'key', value: 'Enter' } as const] : []),
    ]),
  );
}

function keys(text: string): readonly { readonly kind: 'key'; readonly value: string }[] {
  return text
    .trim()
    .split(/\s+/)
    .map((value) => ({ kind: 'key', value }));
}

function scroll({ scroll_amount = 5, scroll_direction }: ComputerInput): Move {
  if (scroll_direction === undefined) return refused('scroll needs a scroll_direction.');
  const [x, y] = directions[scroll_direction];
  return acts({ kind: 'scroll', by: { x: x * scroll_amount * notch, y: y * scroll_amount * notch } });
}
