import { actionKinds, type Action, type ActionKind } from '@backlot/protocol';

/** What acting costs: one step each, and the time that a person takes for an action of that kind, in milliseconds. */
export interface CostModel {
  readonly msByKind: Readonly<Record<ActionKind, number>>;
}

/** What a stretch of actions cost. */
export interface Cost {
  readonly steps: number;
  readonly ms: number;
}

/** Times in the order of the keystroke-level model (Card, Moran and Newell 1980): pointing 1.1 s, a key 0.2 s, thinking 1.35 s. */
export const defaultCostModel: CostModel = {
  msByKind: {
    goto: 3000,
    click: 1300,
    dblclick: 1500,
    fill: 4000,
    select: 2600,
    check: 1300,
    uncheck: 1300,
    press: 400,
    hover: 1100,
    back: 1300,
    forward: 1300,
    reload: 1300,
    wait: 0,
  },
};

/** The cost of actions in order. A `wait` lasts as long as it says, in milliseconds. */
export function costOf(actions: readonly Action[], model: CostModel = defaultCostModel): Cost {
  const ms = actions.reduce((total, action) => total + model.msByKind[action.kind] + (action.kind === 'wait' ? waited(action) : 0), 0);
  return { steps: actions.length, ms };
}

/** Medians of what was measured, by kind; kinds that were never measured keep the default. Times in milliseconds. */
export function learnCostModel(samples: readonly { readonly kind: ActionKind; readonly ms: number }[]): CostModel {
  const msByKind = { ...defaultCostModel.msByKind };
  for (const kind of actionKinds) {
    const times = samples.filter((sample) => sample.kind === kind && Number.isFinite(sample.ms)).map((sample) => sample.ms);
    if (times.length > 0) msByKind[kind] = median(times);
  }
  return { msByKind };
}

function waited(action: Action): number {
  const ms = Number(action.value ?? 0);
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] as number) + upper) / 2;
}
