import type { Action } from '@backlot/protocol';

/** A flow that can't be read: the message says which step, and why. */
export class FlowError extends Error {
  override readonly name = 'FlowError';
}

interface Step {
  readonly type?: unknown;
  readonly selectors?: unknown;
  readonly value?: unknown;
  readonly key?: unknown;
  readonly url?: unknown;
  readonly name?: unknown;
}

/**
 * The actions of a Chrome DevTools Recorder flow (@puppeteer/replay). Elements are taken by their ARIA selector; `navigate` to the first
 * page is the start of the episode. Steps that act on nothing (viewport, key up, waiting for elements) are passed over.
 */
export function readFlow(value: unknown): { readonly title: string; readonly actions: readonly Action[] } {
  const flow = value as { title?: unknown; steps?: unknown } | null;
  if (typeof flow !== 'object' || flow === null || !Array.isArray(flow.steps)) {
    throw new FlowError('There is no "steps": give a recording that Chrome DevTools or `backlot suite export` wrote.');
  }
  const opening = flow.steps.findIndex((step: Step) => step?.type === 'navigate');
  const actions = (flow.steps as readonly Step[]).flatMap((step, i) => (i === opening ? [] : actionOf(step, i)));
  return { title: typeof flow.title === 'string' ? flow.title : '', actions };
}

const silent = new Set(['setViewport', 'keyUp', 'waitForElement', 'emulateNetworkConditions', 'close', 'scroll']);

function actionOf(step: Step, i: number): readonly Action[] {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  switch (step.type) {
    case 'navigate':
      return [{ kind: 'goto', value: pathOf(text(step.url)) }];
    case 'click':
      return [{ kind: 'click', target: targetOf(step, i) }];
    case 'doubleClick':
      return [{ kind: 'dblclick', target: targetOf(step, i) }];
    case 'hover':
      return [{ kind: 'hover', target: targetOf(step, i) }];
    case 'change': {
      const target = targetOf(step, i);
      return [{ kind: ['combobox', 'listbox'].includes(target.role) ? 'select' : 'fill', target, value: text(step.value) }];
    }
    case 'keyDown':
      return [{ kind: 'press', value: text(step.key) }];
    case 'customStep':
      return customAction(step, i);
    case 'waitForExpression':
      return [{ kind: 'wait', value: /(\d+)\)\)$/.exec(text((step as { expression?: unknown }).expression))?.[1] ?? '1000' }];
    default:
      return silent.has(text(step.type)) ? [] : refuse(step, i);
  }
}

function customAction(step: Step, i: number): readonly Action[] {
  return step.name === 'back' || step.name === 'forward' || step.name === 'reload' ? [{ kind: step.name }] : refuse(step, i);
}

function refuse({ type }: Step, i: number): never {
  throw new FlowError(`Step ${i + 1} is a ${JSON.stringify(type)}, which has no counterpart here. Take it out of the recording.`);
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search, hash } = new URL(url);
  return `${pathname}${search}${hash}`;
}

function targetOf({ selectors }: Step, i: number): NonNullable<Action['target']> {
  const all = Array.isArray(selectors) ? selectors.map((each: unknown) => (Array.isArray(each) ? String(each.at(-1)) : String(each))) : [];
  for (const selector of all) {
    const aria = /^aria\/((?:\\.|[^[\\])*)(?:\[role="([^"]+)"\])?$/s.exec(selector);
    if (aria?.[2] !== undefined) return { role: aria[2], name: (aria[1] ?? '').replace(/\\(.)/gs, '$1'), nth: 0 };
    if (selector.startsWith('text/')) return { role: 'generic', name: selector.slice('text/'.length), nth: 0 };
  }
  throw new FlowError(
    `Step ${i + 1} names its element by no ARIA selector with a role (it has ${all.join(', ') || 'none'}). Record it with ARIA selectors on.`,
  );
}
