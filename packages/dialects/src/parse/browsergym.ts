import { acts, refused, type Act, type Move, type Place } from '../move.ts';
import { CallError, readCalls, type Call, type Literal } from './python-call.ts';

/** The arguments of a call by name, given either way. */
type Args = Readonly<Record<string, Literal | undefined>>;

interface Signature {
  /** Names of the arguments in order; those that end in `?` may be left out. */
  readonly params: readonly string[];
  read(args: Args): Move;
}

const text = (value: Literal | undefined): string => (typeof value === 'string' ? value : String(value ?? ''));
const by = (bid: Literal | undefined): { readonly place: Place } => ({ place: { ref: text(bid) } });
const at = ({ x, y }: Args): { readonly place: Place } => ({ place: { point: { x: Number(x), y: Number(y) } } });
const one = (act: Act): Move => acts(act);
const oneTab = (): Move => refused('There is one tab, and it stays: go on in it.');
const noDrag = (): Move => refused('Nothing here is dragged.');
const noUpload = (): Move => refused('There are no files to upload.');

/** Only the left button does something, and no key is held. */
function plainly({ button, modifiers }: Args, act: Act): Move {
  if ((button ?? 'left') !== 'left') return refused('Only the left button does something here.');
  return Array.isArray(modifiers) && modifiers.length > 0 ? refused('Clicks with a key held down are not part of the world.') : acts(act);
}

const clicking = ['bid', 'button?', 'modifiers?'];
const pointing = ['x', 'y', 'button?'];

/** The actions of BrowserGym's high-level action set. */
const signatures: Readonly<Record<string, Signature>> = {
  send_msg_to_user: { params: ['text'], read: (args) => ({ move: 'say', text: text(args['text']) }) },
  report_infeasible: { params: ['reason'], read: ({ reason }) => ({ move: 'end', ending: 'gave_up', answer: text(reason) }) },
  noop: { params: ['wait_ms?'], read: ({ wait_ms = 1000 }) => one({ kind: 'wait', value: text(wait_ms) }) },
  fill: {
    params: ['bid', 'value', 'enable_autocomplete_menu?'],
    read: ({ bid, value }) => one({ kind: 'fill', ...by(bid), value: text(value) }),
  },
  check: { params: ['bid'], read: ({ bid }) => one({ kind: 'check', ...by(bid) }) },
  uncheck: { params: ['bid'], read: ({ bid }) => one({ kind: 'uncheck', ...by(bid) }) },
  select_option: { params: ['bid', 'options'], read: selectOption },
  click: { params: clicking, read: (args) => plainly(args, { kind: 'click', ...by(args['bid']) }) },
  dblclick: { params: clicking, read: (args) => plainly(args, { kind: 'dblclick', ...by(args['bid']) }) },
  hover: { params: ['bid'], read: ({ bid }) => one({ kind: 'hover', ...by(bid) }) },
  press: { params: ['bid', 'key_comb'], read: ({ bid, key_comb }) => one({ kind: 'key', ...by(bid), value: text(key_comb) }) },
  focus: { params: ['bid'], read: ({ bid }) => one({ kind: 'focus', ...by(bid) }) },
  clear: { params: ['bid'], read: ({ bid }) => one({ kind: 'fill', ...by(bid), value: '' }) },
  drag_and_drop: { params: ['from_bid', 'to_bid'], read: noDrag },
  scroll: { params: ['delta_x', 'delta_y'], read: (args) => scroll(args['delta_x'], args['delta_y']) },
  scroll_at: { params: ['x', 'y', 'dx', 'dy'], read: (args) => scroll(args['dx'], args['dy']) },
  mouse_move: { params: ['x', 'y'], read: (args) => one({ kind: 'hover', ...at(args) }) },
  mouse_up: { params: pointing, read: noDrag },
  mouse_down: { params: pointing, read: noDrag },
  mouse_click: { params: pointing, read: (args) => plainly(args, { kind: 'click', ...at(args) }) },
  mouse_dblclick: { params: pointing, read: (args) => plainly(args, { kind: 'dblclick', ...at(args) }) },
  mouse_drag_and_drop: { params: ['from_x', 'from_y', 'to_x', 'to_y'], read: noDrag },
  keyboard_press: { params: ['key'], read: ({ key }) => one({ kind: 'key', value: text(key) }) },
  keyboard_up: { params: ['key'], read: noDrag },
  keyboard_down: { params: ['key'], read: noDrag },
  keyboard_type: { params: ['text'], read: (args) => one({ kind: 'type', value: text(args['text']) }) },
  keyboard_insert_text: { params: ['text'], read: (args) => one({ kind: 'type', value: text(args['text']) }) },
  goto: { params: ['url'], read: ({ url }) => one({ kind: 'goto', value: text(url) }) },
  go_back: { params: [], read: () => one({ kind: 'back' }) },
  go_forward: { params: [], read: () => one({ kind: 'forward' }) },
  new_tab: { params: [], read: oneTab },
  tab_close: { params: [], read: oneTab },
  tab_focus: { params: ['index'], read: oneTab },
  upload_file: { params: ['bid', 'file'], read: noUpload },
  mouse_upload_file: { params: ['x', 'y', 'file'], read: noUpload },
};

/**
 * Reads what an agent of BrowserGym says: calls of its high-level actions, several where they are all actions. They are parsed, never
 * executed; what is no such call is refused in words.
 */
export function readBrowserGym(input: string): Move {
  let calls: readonly Call[];
  try {
    calls = readCalls(input);
  } catch (error) {
    if (error instanceof CallError) return refused(`${error.message} Write calls such as click('a1').`);
    throw error;
  }
  const moves = calls.map(readOne);
  const [first, ...more] = moves;
  if (first === undefined) return refused("This is no action. Write calls such as click('a1').");
  if (more.length === 0) return first;
  const wrong = moves.find(({ move }) => move !== 'act');
  if (wrong?.move === 'refused') return wrong;
  if (wrong !== undefined) return refused('What ends the episode or speaks to the user stands alone.');
  return acts(...moves.flatMap((move) => (move.move === 'act' ? move.acts : [])));
}

function readOne({ name, args, named }: Call): Move {
  const signature = Object.hasOwn(signatures, name) ? signatures[name] : undefined;
  if (signature === undefined) return refused(`There is no action ${name}; there are ${Object.keys(signatures).join(', ')}.`);
  const names = signature.params.map((param) => param.replace('?', ''));
  const usage = `Write ${name}(${names.join(', ')}).`;
  if (args.length > names.length) return refused(`${name} takes ${names.length} arguments, not ${args.length}. ${usage}`);
  const unknown = Object.keys(named).find((key) => !names.slice(args.length).includes(key));
  if (unknown !== undefined) return refused(`${name} takes no further ${unknown}. ${usage}`);
  const bound: Record<string, Literal | undefined> = { ...named };
  for (const [i, value] of args.entries()) bound[names[i] as string] = value;
  const missing = signature.params.find((param) => !param.endsWith('?') && bound[param] === undefined);
  return missing === undefined ? signature.read(bound) : refused(`${name} needs ${missing}. ${usage}`);
}

function selectOption({ bid, options }: Args): Move {
  const wanted = Array.isArray(options) ? options : [options];
  if (wanted.length !== 1) return refused('One option is chosen at a time.');
  return acts({ kind: 'select', ...by(bid), value: text(wanted[0] as Literal) });
}

function scroll(dx: Literal | undefined, dy: Literal | undefined): Move {
  return acts({ kind: 'scroll', by: { x: Number(dx), y: Number(dy) } });
}
