import type { ActionKind, Target } from '@backlot/protocol';
import type { Recorder } from '@backlot/recorder';
import type { Locator, Page } from 'playwright-core';
import { implementation } from './implementations.ts';
import type { Implementation } from './implementations.ts';
import { shown } from './list-model.ts';
import { planSession } from './plan.ts';
import type { Deed, PlannedStep } from './plan.ts';
import { settle } from './settle.ts';

/** An action as a person perceives it; `target` counts what can be seen at that moment. */
export interface TrueAction {
  readonly kind: ActionKind;
  /** `within`: the hovered item in which the target came into view. */
  readonly target: (Target & { readonly within?: Target }) | null;
  readonly value?: string;
  /** Place of a target that only a hover shows among all its likes, hidden ones included. */
  readonly nthWithHidden?: number;
}

/** What really happened in one step: the action, and the accessibility snapshots around it. For measuring only, never for learning. */
export interface TrueStep {
  readonly i: number;
  /** Milliseconds since the epoch, in the log's time. */
  readonly t: number;
  readonly workflow: string;
  readonly run: number;
  readonly action: TrueAction;
  /** Relative to the base URL, after the action. */
  readonly url: string;
  readonly before: string | null;
  readonly after: string;
}

/** Who uses what. */
export interface UserOptions {
  readonly implementation: string;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/**
 * Lets a simulated person use the recorded page. Steps taken are appended to `steps` as they happen, so that they are there
 * also if the session is cut short.
 * @throws where the page does not show what the person expects.
 */
export async function useTodomvc(recorder: Recorder, options: UserOptions, steps: TrueStep[]): Promise<void> {
  const person = new Person(recorder, implementation(options.implementation));
  for (const planned of planSession(options.seed)) {
    options.signal?.throwIfAborted();
    steps.push(await person.take(planned, steps));
  }
}

const NEW: Target = { role: 'textbox', name: 'What needs to be done?', nth: 0 };
const EDIT: Target = { role: 'textbox', name: '', nth: 0 };
const HEADING: Target = { role: 'heading', name: 'todos', nth: 0 };
const FILTERS = { all: 'All', active: 'Active', completed: 'Completed' } as const;

class Person {
  readonly #recorder: Recorder;
  readonly #page: Page;
  readonly #app: Implementation;

  constructor(recorder: Recorder, app: Implementation) {
    this.#recorder = recorder;
    this.#page = recorder.page;
    this.#app = app;
  }

  async take({ deed, think, workflow, run, expected }: PlannedStep, earlier: readonly TrueStep[]): Promise<TrueStep> {
    this.#recorder.pause(think);
    const action = { ...this.#actionOf(deed), ...(deed.do === 'delete' ? { nthWithHidden: await this.#placeWithHidden() } : {}) };
    await this.#perform(action, deed);
    await settle(this.#page);
    // A pointer that rests on the page would show what only a hover shows.
    if (deed.do !== 'hover') await this.#page.mouse.move(0, 0);
    const after = await this.#page.locator('body').ariaSnapshot();
    const url = this.#page.url().replace(this.#recorder.meta.baseURL, '');
    if (!['typeEdit', 'startEdit'].includes(deed.do)) await this.#check(expected, deed);
    return { i: earlier.length, t: this.#recorder.now(), workflow, run, action, url, before: earlier.at(-1)?.after ?? null, after };
  }

  #actionOf(deed: Deed): TrueAction {
    switch (deed.do) {
      case 'open':
        return { kind: 'goto', target: null, value: '/' };
      case 'typeNew':
        return { kind: 'fill', target: NEW, value: deed.text };
      case 'typeEdit':
        return { kind: 'fill', target: EDIT, value: deed.text };
      case 'enterNew':
        return { kind: 'press', target: NEW, value: 'Enter' };
      case 'enterEdit':
        return { kind: 'press', target: EDIT, value: 'Enter' };
      case 'leaveEdit':
        return { kind: 'click', target: deed.on === 'heading' ? HEADING : NEW };
      case 'back':
      case 'reload':
        return { kind: deed.do, target: null };
      default:
        return this.#actionInList(deed);
    }
  }

  #actionInList(
    deed: Extract<Deed, { do: 'toggle' | 'toggleAll' | 'startEdit' | 'hover' | 'delete' | 'filter' | 'clearCompleted' }>,
  ): TrueAction {
    const boxesBefore = this.#app.toggleAll === '' ? 1 : 0;
    switch (deed.do) {
      case 'toggle':
        return { kind: deed.done ? 'check' : 'uncheck', target: { role: 'checkbox', name: '', nth: boxesBefore + deed.place } };
      case 'toggleAll':
        return { kind: deed.done ? 'check' : 'uncheck', target: { role: 'checkbox', name: this.#app.toggleAll, nth: 0 } };
      case 'startEdit':
        return { kind: 'dblclick', target: { role: 'listitem', name: '', nth: deed.place } };
      case 'hover':
        return { kind: 'hover', target: { role: 'listitem', name: '', nth: deed.place } };
      case 'delete':
        // Only the button of the hovered item can be seen.
        return { kind: 'click', target: { role: 'button', name: '✖', nth: 0, within: { role: 'listitem', name: '', nth: deed.place } } };
      case 'filter':
        return { kind: 'click', target: { role: 'link', name: FILTERS[deed.filter], nth: 0 } };
      case 'clearCompleted':
        return { kind: 'click', target: { role: 'button', name: this.#app.clearCompleted(deed.count), nth: 0 } };
    }
  }

  async #perform({ kind, target, value }: TrueAction, deed: Deed): Promise<void> {
    const page = this.#page;
    if (kind === 'goto') await page.goto(this.#recorder.meta.baseURL + value, LOADED);
    if (kind === 'reload') await page.reload(LOADED);
    if (kind === 'back') await page.goBack();
    if (target === null) return;
    const element = this.#locate(target);
    if (kind === 'fill') await this.#type(element, deed);
    if (kind === 'press') await element.press(value ?? '', PATIENCE);
    if (kind === 'dblclick') await element.dblclick(PATIENCE);
    if (kind === 'hover') await element.hover(PATIENCE);
    // A box may go away once it is checked, so it is clicked as a person would.
    if (kind === 'click' || kind === 'check' || kind === 'uncheck') await element.click(PATIENCE);
  }

  /** Types into a field; clicks on it first where it has not the focus, and where the person does so anyway. */
  async #type(field: Locator, deed: Deed): Promise<void> {
    if (deed.do !== 'typeNew' && deed.do !== 'typeEdit') return;
    const keyboard = this.#page.keyboard;
    const click = (deed.do === 'typeNew' && deed.click) || !(await this.#hasFocus(field));
    if (click) await field.click(PATIENCE);
    const replace = deed.do === 'typeNew' || deed.replace;
    const typed = deed.do === 'typeNew' ? deed.text : deed.typed;
    if (!replace) await keyboard.press('End');
    else if ((await field.inputValue(PATIENCE)) !== '') await keyboard.press('ControlOrMeta+A');
    if (typed === '') await keyboard.press('Backspace');
    else await field.pressSequentially(typed, PATIENCE);
    const got = await field.inputValue(PATIENCE);
    if (got !== deed.text) throw new Error(`Typed ${JSON.stringify(deed.text)}, but the field holds ${JSON.stringify(got)}.`);
  }

  async #hasFocus(field: Locator): Promise<boolean> {
    return (await field.and(this.#page.locator(':focus')).count()) > 0;
  }

  async #placeWithHidden(): Promise<number> {
    const seen = await this.#page.locator('button.destroy').all();
    const visible = await Promise.all(seen.map((button) => button.isVisible()));
    return visible.indexOf(true);
  }

  #locate({ role, name, nth }: Target): Locator {
    return this.#page.getByRole(role as Parameters<Page['getByRole']>[0], { name, exact: true }).nth(nth);
  }

  /** A person whose expectation is not met would act differently from here on. */
  async #check(expected: PlannedStep['expected'], deed: Deed): Promise<void> {
    const titles = (await this.#page.getByRole('listitem').allInnerTexts()).slice(0, -3).map((text) => text.replace('✖', '').trim());
    const wanted = shown(expected).map(({ title }) => title);
    if (JSON.stringify(titles) === JSON.stringify(wanted)) return;
    throw new Error(`After "${deed.do}" the list should show ${JSON.stringify(wanted)}, but it shows ${JSON.stringify(titles)}.`);
  }
}

const PATIENCE = { timeout: 5000 };
/** Some implementations fetch their templates only when the page has loaded. */
const LOADED = { waitUntil: 'networkidle' } as const;
