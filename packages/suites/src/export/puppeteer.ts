import type { Action } from '@backlot/protocol';
import { json, plainId, type SuiteExport } from './files.ts';

/** One step of a Chrome DevTools Recorder flow, as @puppeteer/replay reads it. */
type ReplayStep = Readonly<Record<string, unknown>> & { readonly type: string };

/** A user flow (@puppeteer/replay's schema). */
interface UserFlow {
  readonly title: string;
  readonly timeout: number;
  readonly steps: readonly ReplayStep[];
}

/** Where the flows expect the clone. */
const defaultBase = 'http://127.0.0.1:4000';

/** One flow a task: set-up and oracle on the served clone. */
export const exportPuppeteer: SuiteExport = ({ suite }) =>
  suite.tasks.map((task) => ({
    path: `${plainId(task)}.json`,
    text: json(userFlow({ title: task.instruction, actions: [...task.setup, ...task.oracle] })),
  }));

function userFlow({ title, actions }: { title: string; actions: readonly Action[] }): UserFlow {
  const open: readonly ReplayStep[] = [
    { type: 'setViewport', width: 1280, height: 800, deviceScaleFactor: 1, isMobile: false, hasTouch: false, isLandscape: false },
    { type: 'navigate', url: `${defaultBase}/` },
  ];
  return { title, timeout: 5000, steps: [...open, ...actions.flatMap(replaySteps)] };
}

/** ARIA selector by name and role. The recorder has no place for a number among equals but the handler picks the first. */
const selectorOf = ({ role, name }: NonNullable<Action['target']>): string =>
  role === 'generic' ? `text/${name}` : `aria/${name.replace(/[\\"[\]]/g, '\\$&')}[role="${role}"]`;

function replaySteps({ kind, target, value = '' }: Action): readonly ReplayStep[] {
  const at = target === undefined ? {} : { target: 'main', selectors: [[selectorOf(target)]] };
  const click: ReplayStep = { type: 'click', offsetX: 1, offsetY: 1, ...at };
  const change: ReplayStep = { type: 'change', value, ...at };
  const custom = (name: string): ReplayStep => ({ type: 'customStep', name, parameters: {} });
  const pause = `new Promise((resolve) => setTimeout(() => resolve(true), ${Number(value) || 1000}))`;
  const steps: Readonly<Record<Action['kind'], readonly ReplayStep[]>> = {
    goto: [{ type: 'navigate', url: `${defaultBase}${value}` }],
    back: [custom('back')],
    forward: [custom('forward')],
    reload: [custom('reload')],
    wait: [{ type: 'waitForExpression', expression: pause }],
    fill: [change],
    select: [change],
    press: [
      { type: 'keyDown', target: 'main', key: value },
      { type: 'keyUp', target: 'main', key: value },
    ],
    hover: [{ type: 'hover', ...at }],
    dblclick: [{ ...click, type: 'doubleClick' }],
    click: [click],
    check: [click],
    uncheck: [click],
  };
  return steps[kind];
}
