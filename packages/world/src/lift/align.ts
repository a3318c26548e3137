import type { DomElement, DomNode, Expr } from '@backlot/protocol';
import type { ElementTemplate } from '../paint/plan.ts';
import { attributeCost, missingTextCost, nodeSize, templateSize, textCost } from './cost.ts';
import { programOf, type Program, type Step } from './program.ts';
import { traceOf, type Aligned, type Table } from './trace.ts';

/** An alignment and how far page and template are apart: about the number of elements that only one of them has. */
export interface Alignment {
  readonly cost: number;
  readonly aligned: readonly Aligned[];
}

/** Whether a condition is believed to hold; null where nothing is believed. It decides between readings that are as near. */
export type Believed = (test: Expr) => boolean | null;

const nowhere = Number.POSITIVE_INFINITY;

/** Elements nested deeper are not told apart. */
const deepest = 400;

/** The nearest reading of an element by its template; null where the tags differ. */
export function alignElement(template: ElementTemplate, node: DomElement, believed: Believed): Alignment | null {
  const aligner = new Aligner(believed);
  const cost = aligner.costOf(template, node, 0);
  return cost === nowhere ? null : { cost, aligned: [aligner.read(template, node)] };
}

class Aligner {
  readonly #believed: Believed;
  readonly #tables = new Map<ElementTemplate, Map<DomElement, Table>>();

  constructor(believed: Believed) {
    this.#believed = believed;
  }

  costOf(template: ElementTemplate, node: DomElement, depth: number): number {
    if (template.el !== node.tag || depth > deepest) return nowhere;
    return attributeCost(template, node) + (this.#table(template, node, depth).cost[0] as number);
  }

  read(template: ElementTemplate, node: DomElement): Aligned {
    const kids = traceOf(this.#table(template, node, 0), (kid, child) => this.read(kid, child));
    return { kind: 'element', template, node, kids };
  }

  #table(template: ElementTemplate, node: DomElement, depth: number): Table {
    let tables = this.#tables.get(template);
    if (tables === undefined) {
      tables = new Map();
      this.#tables.set(template, tables);
    }
    let table = tables.get(node);
    if (table === undefined) {
      table = this.#fill(programOf(template.kids), joinedTexts(node.children), depth);
      tables.set(node, table);
    }
    return table;
  }

  #fill(program: Program, nodes: readonly DomNode[], depth: number): Table {
    const width = program.steps.length;
    const cost = new Float64Array(width * (nodes.length + 1)).fill(nowhere);
    const table: Table = { program, nodes, cost, choice: new Uint8Array(cost.length) };
    for (let j = nodes.length; j >= 0; j -= 1) {
      // Loops lead back: what lies behind the way back is known in the next pass.
      for (let pass = 0; pass <= program.depth; pass += 1) {
        for (let pc = width - 1; pc >= 0; pc -= 1) this.#weigh(table, { pc, j, depth });
      }
    }
    return table;
  }

  #weigh(table: Table, at: Spot): void {
    const { program, nodes, cost, choice } = table;
    const place = at.j * program.steps.length + at.pc;
    const step = program.steps[at.pc] as Step;
    const node = nodes[at.j];
    const take = this.#take(step, table, at);
    const pass = this.#pass(step, table, at);
    const skip = node !== undefined && takesNodes.has(step.op) ? nodeSize(node) + costAt(table, at.pc, at.j + 1) : nowhere;
    const least = Math.min(take, pass, skip);
    if (least >= (cost[place] as number)) return;
    cost[place] = least;
    choice[place] = least === take ? 0 : least === pass ? 1 : 2;
  }

  /** Takes the child, or goes in where there is a choice. */
  #take(step: Step, table: Table, { pc, j, depth }: Spot): number {
    const node = table.nodes[j];
    switch (step.op) {
      case 'element':
        return node !== undefined && 'tag' in node ? this.costOf(step.template, node, depth + 1) + costAt(table, pc + 1, j + 1) : nowhere;
      case 'text':
        return node !== undefined && 'text' in node ? textCost(step.expr, node.text) + costAt(table, pc + 1, j + 1) : nowhere;
      case 'markup':
        return node === undefined ? nowhere : 0.02 + costAt(table, pc, j + 1);
      case 'when':
        return this.#against(step.test, true) + costAt(table, pc + 1, j);
      case 'each':
        return 0.001 + costAt(table, pc + 1, j);
      default:
        return nowhere;
    }
  }

  /** Goes on without the child. */
  #pass(step: Step, table: Table, { pc, j }: Spot): number {
    switch (step.op) {
      case 'element':
        return templateSize(step.template) + costAt(table, pc + 1, j);
      case 'text':
        return missingTextCost(step.expr) + costAt(table, pc + 1, j);
      case 'when':
        return this.#against(step.test, false) + costAt(table, step.otherwise, j);
      case 'each':
        return costAt(table, step.exit, j);
      case 'jump':
        return costAt(table, step.to, j);
      case 'end':
        return j === table.nodes.length ? 0 : nowhere;
      default:
        return costAt(table, pc + 1, j);
    }
  }

  #against(test: Expr, truth: boolean): number {
    const believed = this.#believed(test);
    return believed === null || believed === truth ? 0 : 0.03;
  }
}

/** A step before a child, in an element at some depth. */
interface Spot {
  readonly pc: number;
  readonly j: number;
  readonly depth: number;
}

const takesNodes: ReadonlySet<Step['op']> = new Set(['element', 'text', 'end']);

const costAt = ({ program, cost }: Table, pc: number, j: number): number => cost[j * program.steps.length + pc] ?? nowhere;

/** Neighbouring texts as one. */
function joinedTexts(nodes: readonly DomNode[]): readonly DomNode[] {
  const joined: DomNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if ('text' in node && last !== undefined && 'text' in last) joined[joined.length - 1] = { text: last.text + node.text };
    else joined.push(node);
  }
  return joined;
}
