import type { Action, Observation, Target } from '@backlot/protocol';
import { keyName } from '@backlot/dialects';
import type { ComputerTool } from '@backlot/llm';
import { z } from 'zod';
import { parseAria, type SeenNode } from '../aria-parse.ts';
import type { Screen } from '../screen.ts';
import { finishTool, issueOf, readCall, type Hands, type Wish } from './hands.ts';

const point = z.tuple([z.number().min(0), z.number().min(0)]);
const pointed = { coordinate: point };
const inputSchema = z.discriminatedUnion('action', [
  z.object({ action: z.enum(['screenshot', 'cursor_position', 'zoom', 'left_mouse_down', 'left_mouse_up']) }),
  z.object({ action: z.enum(['left_click', 'double_click', 'triple_click', 'mouse_move']), ...pointed }),
  z.object({ action: z.literal('type'), text: z.string() }),
  z.object({ action: z.literal('key'), text: z.string().min(1) }),
  z.object({ action: z.literal('wait'), duration: z.number().min(0).max(60).default(1) }),
  z.object({
    action: z.literal('scroll'),
    ...pointed,
    scroll_direction: z.enum(['up', 'down', 'left', 'right']),
    scroll_amount: z.number().int().min(0).max(100).default(3),
  }),
]);
type Input = z.infer<typeof inputSchema>;

const directions = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] } as const;
/** Pixels that one unit of `scroll_amount` moves the page. */
const notch = 100;
const fields = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton']);

/** Sees pages as pictures, and acts at points of them with the computer tool. Each act becomes an action on the element at that point. */
export function computerHands(screen: Screen | undefined, type: ComputerTool['type']): Hands {
  if (screen === undefined) throw new Error('Computer use needs pictures: run it on the browser engine or the container engine.');
  const { width, height } = screen.size;
  const hands = new ComputerHands(screen);
  let shown = '';
  return {
    manual: [
      'You see each page as a screenshot, and act with the computer tool at points of it. The browser shows one page and has no address bar.',
      'A list that drops down is not opened: click it, then type the label of the option.',
    ].join(' '),
    tools: [{ type, name: 'computer', display_width_px: width, display_height_px: height }, finishTool],
    betas: [`computer-use-${type === 'computer_20250124' ? '2025-01-24' : '2025-11-24'}`],
    pagesKept: 2,
    read: (call, seen) => readCall(call, { name: 'computer', read: (input) => hands.read(input, seen) }),
    show: async ({ url }) => {
      // Another page is shown from its beginning.
      if (url !== shown) screen.scrollHome();
      shown = url;
      const data = Buffer.from(await screen.picture()).toString('base64');
      return [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }];
    },
  };
}

/** What the hands remember: where the cursor stands, and whether all of that field is selected. */
class ComputerHands {
  readonly #screen: Screen;
  #focus: Target | null = null;
  #allSelected = false;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  async read(input: unknown, seen: Observation): Promise<Wish> {
    const read = inputSchema.safeParse(input);
    if (!read.success) return { wrong: issueOf('computer', read.error) };
    const { data } = read;
    switch (data.action) {
      case 'left_click':
      case 'double_click':
      case 'triple_click':
      case 'mouse_move':
        return this.#point(data);
      case 'type':
        return this.#type(data.text, seen);
      case 'key':
        return this.#key(keyName(data.text), seen);
      case 'wait':
        return { actions: [{ kind: 'wait', value: String(Math.round(data.duration * 1000)) }] };
      case 'scroll': {
        const [x, y] = directions[data.scroll_direction];
        this.#screen.scroll(x * data.scroll_amount * notch, y * data.scroll_amount * notch);
        return { actions: [] };
      }
      default:
        return data.action.startsWith('left_mouse') ? { wrong: 'Dragging is not possible here: use left_click.' } : { actions: [] };
    }
  }

  async #point({
    action,
    coordinate: [x, y],
  }: Extract<Input, { coordinate: unknown; action: `${string}_click` | 'mouse_move' }>): Promise<Wish> {
    const { width, height } = this.#screen.size;
    if (x >= width || y >= height) return { wrong: `The point ${x}, ${y} is outside the screen of ${width} by ${height} pixels.` };
    const target = await this.#screen.targetAt(x, y);
    if (target === null) return { wrong: `There is nothing at ${x}, ${y}.` };
    const kind = action === 'mouse_move' ? 'hover' : action === 'double_click' ? 'dblclick' : 'click';
    if (kind !== 'hover') {
      this.#focus = target;
      this.#allSelected = action === 'triple_click';
    }
    return { actions: [{ kind, target }] };
  }

  #type(text: string, seen: Observation): Wish {
    const field = this.#field(seen);
    if (field === null) return { wrong: 'No field that takes text has the focus: click one first.' };
    const options = field.node.children.filter(({ role }) => role === 'option').map(({ name, text: label }) => name || label);
    if (options.length > 0) return { actions: [{ kind: 'select', target: field.target, value: text.trim() }] };
    const [typed = '', ...more] = text.split('\n');
    const value = (this.#allSelected ? '' : field.node.text) + typed;
    this.#allSelected = false;
    const enters = more.length > 0 ? [{ kind: 'press', target: field.target, value: 'Enter' } as const] : [];
    return { actions: [...(typed === '' ? [] : [{ kind: 'fill', target: field.target, value } as const]), ...enters] };
  }

  #key(key: string, seen: Observation): Wish {
    const field = this.#field(seen);
    if (/^(?:Control|Meta|ControlOrMeta)\+a$/i.test(key)) {
      this.#allSelected = field !== null;
      return { actions: [] };
    }
    if (field !== null && (key === 'Backspace' || key === 'Delete')) {
      const value = this.#allSelected || key === 'Delete' ? '' : [...field.node.text].slice(0, -1).join('');
      if (key === 'Delete' && !this.#allSelected) return { actions: [] };
      this.#allSelected = false;
      return { actions: [{ kind: 'fill', target: field.target, value }] };
    }
    if (key.length === 1) return this.#type(key, seen);
    const press: Action = { kind: 'press', value: key };
    return { actions: [this.#focus === null ? press : { ...press, target: this.#focus }] };
  }

  /** The focused field as the page shows it now. */
  #field({ aria }: Observation): { readonly target: Target; readonly node: SeenNode } | null {
    const target = this.#focus;
    if (target === null || !fields.has(target.role)) return null;
    const node = parseAria(aria).find(({ role, name, nth }) => role === target.role && name === target.name && nth === target.nth);
    return node === undefined ? null : { target, node };
  }
}
