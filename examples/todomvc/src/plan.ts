import type { Filter, ListModel } from './list-model.ts';
import * as model from './list-model.ts';
import { seeded } from './random.ts';
import type { Random } from './random.ts';
import { makeContinuation, typedTitle } from './titles.ts';
import { habits, workflows } from './work.ts';
import type { Workflow } from './work.ts';

/** Something a person does, in the words of the list. `place` counts the to-dos on view from 0. */
export type Deed =
  | { readonly do: 'open' | 'enterNew' | 'enterEdit' | 'reload' | 'back' }
  | { readonly do: 'typeNew'; readonly text: string; readonly click: boolean }
  | { readonly do: 'toggle'; readonly place: number; readonly done: boolean }
  | { readonly do: 'toggleAll'; readonly done: boolean }
  | { readonly do: 'startEdit' | 'hover' | 'delete'; readonly place: number }
  | { readonly do: 'typeEdit'; readonly text: string; readonly typed: string; readonly replace: boolean }
  | { readonly do: 'leaveEdit'; readonly on: 'heading' | 'newTodo' }
  | { readonly do: 'filter'; readonly filter: Filter }
  | { readonly do: 'clearCompleted'; readonly count: number };

/** A deed with its purpose, the pause before it in milliseconds, and the list as the person expects it afterwards. */
export interface PlannedStep {
  readonly workflow: Workflow | 'open';
  /** Counts the runs of workflows in the session. */
  readonly run: number;
  readonly think: number;
  readonly deed: Deed;
  readonly expected: ListModel;
}

/** All that one person does in one session. The same seed gives the same plan. */
export function planSession(seed: number): PlannedStep[] {
  return new Planner(seeded(seed)).plan();
}

class Planner {
  readonly #random: Random;
  readonly #steps: PlannedStep[] = [];
  #list: ListModel = model.emptyList;
  #workflow: Workflow | 'open' = 'open';
  #run = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  plan(): PlannedStep[] {
    const [least, most] = habits.actions;
    const wanted = this.#random.int(least, most);
    this.#step({ do: 'open' });
    this.#begin('add');
    this.#add(Number(this.#random.weighted(habits.addsAtStart)));
    let whole = 0;
    while (this.#steps.length < wanted) {
      whole = this.#steps.length;
      this.#work(this.#random.weighted(this.#possible()));
    }
    // What would take too long is not begun.
    return this.#steps.slice(0, this.#steps.length > most ? whole : this.#steps.length);
  }

  /** The weights of what can be done now. */
  #possible(): Record<Workflow, number> {
    const onView = model.shown(this.#list).length > 0;
    const any = this.#list.todos.length > 0;
    const done = this.#list.todos.some((todo) => todo.done);
    const can: Partial<Record<Workflow, boolean>> = {
      toggle: onView,
      edit: onView,
      delete: onView,
      filter: any,
      workInFilter: any,
      toggleAll: any,
      clearCompleted: done,
    };
    const entries = Object.entries(workflows).map(([name, weight]) => [name, can[name as Workflow] === false ? 0 : weight]);
    return Object.fromEntries(entries) as Record<Workflow, number>;
  }

  #begin(workflow: Workflow): void {
    this.#workflow = workflow;
    this.#run += 1;
  }

  #work(workflow: Workflow): void {
    this.#begin(workflow);
    const doIt: Record<Workflow, () => void> = {
      add: () => this.#add(Number(this.#random.weighted(habits.addsInARow))),
      toggle: () => this.#toggle(Number(this.#random.weighted(habits.toggles))),
      edit: () => this.#edit(),
      delete: () => this.#delete(),
      filter: () => this.#filter(),
      workInFilter: () => this.#workInFilter(),
      toggleAll: () => this.#toggleAll(),
      clearCompleted: () => this.#clearCompleted(),
      blankEnter: () => this.#blankEnter(),
      reload: () => this.#step({ do: 'reload' }),
    };
    doIt[workflow]();
  }

  #add(times: number): void {
    for (let i = 0; i < times; i += 1) {
      const text = typedTitle(this.#random);
      this.#step({ do: 'typeNew', text, click: this.#random.chance(habits.clicksField) });
      this.#list = model.add(this.#list, text);
      this.#step({ do: 'enterNew' });
    }
  }

  #toggle(times: number): void {
    for (let i = 0; i < times && model.shown(this.#list).length > 0; i += 1) {
      const place = this.#place();
      const done = !model.shown(this.#list)[place]?.done;
      this.#list = model.toggle(this.#list, place);
      this.#step({ do: 'toggle', place, done });
    }
  }

  #edit(): void {
    const random = this.#random;
    const place = this.#place();
    const title = model.shown(this.#list)[place]?.title ?? '';
    this.#step({ do: 'startEdit', place });
    const how = random.weighted(habits.editText);
    const typed = how === 'emptied' ? '' : how === 'continued' ? makeContinuation(random) : typedTitle(random);
    const text = how === 'continued' ? title + typed : typed;
    this.#step({ do: 'typeEdit', text, typed, replace: how !== 'continued' });
    this.#list = model.retitle(this.#list, place, text);
    if (random.weighted(habits.editEnd) === 'enter') this.#step({ do: 'enterEdit' });
    else this.#step({ do: 'leaveEdit', on: random.weighted(habits.blurOn) });
  }

  #delete(): void {
    const place = this.#place();
    this.#step({ do: 'hover', place });
    this.#list = model.remove(this.#list, place);
    this.#step({ do: 'delete', place });
  }

  #filter(): void {
    this.#show(this.#otherFilter());
    const next = this.#random.weighted(habits.afterFilter);
    if (next === 'back') this.#back();
    if (next === 'all' && this.#list.filter !== 'all') this.#show('all');
  }

  #workInFilter(): void {
    if (this.#list.filter === 'all') this.#show(this.#otherFilter());
    const wish = this.#random.weighted(habits.inFilter);
    const what = model.shown(this.#list).length > 0 ? wish : 'add';
    if (what === 'toggle') this.#toggle(1);
    if (what === 'add') this.#add(1);
    if (what === 'delete') this.#delete();
    if (what === 'edit') this.#edit();
    // With the last to-do the filters are gone too.
    if (this.#list.todos.length > 0 && this.#random.chance(habits.leavesFilter)) this.#show('all');
  }

  #toggleAll(): void {
    const done = this.#list.todos.some((todo) => !todo.done);
    this.#list = model.toggleAll(this.#list, done);
    this.#step({ do: 'toggleAll', done });
  }

  #clearCompleted(): void {
    const count = this.#list.todos.filter(({ done }) => done).length;
    this.#list = model.clearCompleted(this.#list);
    this.#step({ do: 'clearCompleted', count });
  }

  #blankEnter(): void {
    if (this.#random.weighted(habits.blank) === 'spaces')
      this.#step({ do: 'typeNew', text: ' '.repeat(this.#random.int(1, 3)), click: true });
    this.#step({ do: 'enterNew' });
  }

  #otherFilter(): Filter {
    if (this.#list.filter === 'all') return this.#random.weighted(habits.filter);
    return this.#list.filter === 'active' ? 'completed' : 'active';
  }

  #show(filter: Filter): void {
    this.#list = model.show(this.#list, filter);
    this.#step({ do: 'filter', filter });
  }

  #back(): void {
    this.#list = model.goBack(this.#list);
    this.#step({ do: 'back' });
  }

  #place(): number {
    return this.#random.int(0, model.shown(this.#list).length - 1);
  }

  #step(deed: Deed): void {
    const { mu, sigma, most } = habits.think;
    const think = deed.do === 'open' ? 0 : Math.min(most, Math.round(1000 * this.#random.lognormal(mu, sigma)));
    this.#steps.push({ workflow: this.#workflow, run: this.#run, think, deed, expected: this.#list });
  }
}
