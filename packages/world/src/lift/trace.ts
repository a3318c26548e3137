import type { DomElement, DomNode, Expr, Loop } from '@backlot/protocol';
import type { ElementTemplate, MarkupTemplate } from '../paint/plan.ts';
import type { Program, Step } from './program.ts';

/** What of a page belongs to what of its template, in the order of the page. */
export type Aligned =
  | { readonly kind: 'element'; readonly template: ElementTemplate; readonly node: DomElement; readonly kids: readonly Aligned[] }
  | { readonly kind: 'text'; readonly expr: Expr; readonly text: string }
  | { readonly kind: 'markup'; readonly template: MarkupTemplate; readonly nodes: readonly DomNode[] }
  | { readonly kind: 'branch'; readonly test: Expr; readonly truth: boolean; readonly kids: readonly Aligned[] }
  | { readonly kind: 'loop'; readonly loop: Loop; readonly items: readonly (readonly Aligned[])[] };

/**
 * The least cost from every step and child on, row by row, and what is done there: 0 to take the child or to go in, 1 to go on without,
 * 2 to skip the child.
 */
export interface Table {
  readonly program: Program;
  readonly nodes: readonly DomNode[];
  readonly cost: Float64Array;
  readonly choice: Uint8Array;
}

/** How an element that was taken is read. */
type ReadElement = (template: ElementTemplate, node: DomElement) => Aligned;

/** What is being read: a list that belongs to the whole, to a branch or to an item of a loop. */
interface Frame {
  readonly step: Step | null;
  readonly truth: boolean;
  readonly items: Aligned[][];
}

/** Follows the least costs through a table. */
export function traceOf(table: Table, readElement: ReadElement): readonly Aligned[] {
  const { program, choice } = table;
  const width = program.steps.length;
  const frames: Frame[] = [{ step: null, truth: true, items: [[]] }];
  let [pc, j] = [0, 0];
  // A way through visits no step twice at one child.
  for (let left = choice.length + 1; left > 0; left -= 1) {
    const step = program.steps[pc] as Step;
    const done = choice[j * width + pc];
    if (done === 2) {
      j += 1;
      continue;
    }
    if (step.op === 'end') break;
    j = readStep(step, { table, frames, readElement, pc, j, takes: done === 0 });
    pc = nextStep(step, pc, done === 0);
  }
  while (frames.length > 1) closeFrame(frames);
  return frames[0]?.items[0] ?? [];
}

interface Reading {
  readonly table: Table;
  readonly frames: Frame[];
  readonly readElement: ReadElement;
  readonly pc: number;
  readonly j: number;
  readonly takes: boolean;
}

/** Reads what one step takes; gives the place of the child after it. */
function readStep(step: Step, { table, frames, readElement, pc, j, takes }: Reading): number {
  const frame = frames.at(-1) as Frame;
  const here = frame.items.at(-1) ?? [];
  switch (step.op) {
    case 'open':
      frames.push({ step, truth: true, items: [] });
      return j;
    case 'when':
      frames.push({ step, truth: takes, items: [[]] });
      return j;
    case 'each':
      if (takes) frame.items.push([]);
      return j;
    case 'close':
      closeFrame(frames);
      return j;
    case 'markup':
      return readMarkup({ table, here, pc }, j);
    case 'text':
    case 'element':
      readOne(step, { node: takes ? table.nodes[j] : undefined, here, readElement });
      return takes ? j + 1 : j;
    default:
      return j;
  }
}

function nextStep(step: Step, pc: number, takes: boolean): number {
  if (step.op === 'when') return takes ? pc + 1 : step.otherwise;
  if (step.op === 'each') return takes ? pc + 1 : step.exit;
  return step.op === 'jump' ? step.to : pc + 1;
}

function closeFrame(frames: Frame[]): void {
  const frame = frames.pop();
  const into = frames.at(-1)?.items.at(-1);
  if (!frame?.step || !into) return;
  if (frame.step.op === 'open') into.push({ kind: 'loop', loop: frame.step.loop, items: frame.items });
  else if (frame.step.op === 'when') into.push({ kind: 'branch', test: frame.step.test, truth: frame.truth, kids: frame.items[0] ?? [] });
}

interface One {
  readonly node: DomNode | undefined;
  readonly here: Aligned[];
  readonly readElement: ReadElement;
}

/** An element or a text; a text that the page lacks says nothing, which is empty text. */
function readOne(step: Extract<Step, { op: 'element' | 'text' }>, { node, here, readElement }: One): void {
  if (step.op === 'text') here.push({ kind: 'text', expr: step.expr, text: node !== undefined && 'text' in node ? node.text : '' });
  else if (node !== undefined && 'tag' in node) here.push(readElement(step.template, node));
}

/** All children that the rich text takes; gives the place of the child after them. */
function readMarkup({ table, here, pc }: { table: Table; here: Aligned[]; pc: number }, from: number): number {
  const { program, nodes, choice } = table;
  const step = program.steps[pc] as Extract<Step, { op: 'markup' }>;
  let j = from;
  while (j < nodes.length && choice[j * program.steps.length + pc] === 0) j += 1;
  here.push({ kind: 'markup', template: step.template, nodes: nodes.slice(from, j) });
  return j;
}
