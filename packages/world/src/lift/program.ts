import type { Expr, Loop, Template } from '@backlot/protocol';
import type { ElementTemplate, MarkupTemplate } from '../paint/plan.ts';
import { remembered } from '../remembered.ts';

/** One step of reading the children of an element by their templates. Numbers are places in the program. */
export type Step =
  | { readonly op: 'element'; readonly template: ElementTemplate }
  | { readonly op: 'text'; readonly expr: Expr }
  | { readonly op: 'markup'; readonly template: MarkupTemplate }
  | { readonly op: 'when'; readonly test: Expr; readonly otherwise: number }
  | { readonly op: 'open'; readonly loop: Loop }
  | { readonly op: 'each'; readonly exit: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'close' }
  | { readonly op: 'end' };

/** A list of templates as steps, with the deepest nesting of loops in it. */
export interface Program {
  readonly steps: readonly Step[];
  readonly depth: number;
}

const programs = new WeakMap<readonly Template[], Program>();

/** The program of a list of templates; templates never change, so it is made once. */
export function programOf(kids: readonly Template[]): Program {
  return remembered(programs, kids, make);
}

function make(kids: readonly Template[]): Program {
  const steps: Step[] = [];
  const depth = compile(kids, steps);
  steps.push({ op: 'end' });
  return { steps, depth };
}

function compile(kids: readonly Template[], steps: Step[]): number {
  let depth = 0;
  for (const kid of joinTexts(kids)) {
    if ('el' in kid) steps.push({ op: 'element', template: kid });
    else if ('text' in kid) steps.push({ op: 'text', expr: exprOf(kid.text) });
    else if ('markup' in kid) steps.push({ op: 'markup', template: kid });
    else depth = Math.max(depth, 'each' in kid ? compileLoop(kid, steps) : compileBranch(kid, steps));
  }
  return depth;
}

function compileLoop({ each, kids }: Extract<Template, { each: Loop }>, steps: Step[]): number {
  steps.push({ op: 'open', loop: each });
  const start = steps.length;
  steps.push({ op: 'each', exit: -1 });
  const depth = compile(kids, steps);
  steps.push({ op: 'jump', to: start });
  steps[start] = { op: 'each', exit: steps.length };
  steps.push({ op: 'close' });
  return depth + 1;
}

function compileBranch({ when, kids, else: others = [] }: Extract<Template, { when: Expr }>, steps: Step[]): number {
  const start = steps.length;
  steps.push({ op: 'when', test: when, otherwise: -1 });
  const yes = compile(kids, steps);
  const jump = steps.length;
  steps.push({ op: 'jump', to: -1 });
  steps[start] = { op: 'when', test: when, otherwise: steps.length };
  const no = compile(others, steps);
  steps[jump] = { op: 'jump', to: steps.length };
  steps.push({ op: 'close' });
  return Math.max(yes, no);
}

const exprOf = (text: string | Expr): Expr => (typeof text === 'string' ? { lit: text } : text);

/** What a template is as text; null where it is more than text. */
function asText(template: Template): Expr | null {
  if ('text' in template) return exprOf(template.text);
  if (!('when' in template)) return null;
  const yes = template.kids.map(asText);
  const no = (template.else ?? []).map(asText);
  if ([...yes, ...no].includes(null)) return null;
  return { fn: 'if', args: [template.when, concat(yes as Expr[]), concat(no as Expr[])] };
}

const concat = (exprs: readonly Expr[]): Expr => (exprs.length === 1 ? (exprs[0] as Expr) : { fn: 'concat', args: exprs });

/** Neighbouring texts stand in one text of a page, those on a condition too. */
function joinTexts(kids: readonly Template[]): readonly Template[] {
  const joined: Template[] = [];
  let run: Expr[] = [];
  const flush = (): void => {
    if (run.length > 0) joined.push({ text: concat(run) });
    run = [];
  };
  for (const kid of kids) {
    const text = asText(kid);
    if (text !== null) run.push(text);
    else {
      flush();
      joined.push(kid);
    }
  }
  flush();
  return joined;
}
