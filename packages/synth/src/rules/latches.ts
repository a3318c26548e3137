import type { RegisterModel } from '../explain/registers.ts';
import { viewsInOrder } from '../state/sightings.ts';
import type { SessionViews, View } from '../views.ts';
import type { Case } from './cases.ts';
import { caseName } from './cases.ts';

const suffix = '_before';

/** The register whose past a register holds; null for those that hold something else. */
export function latchedBy(name: string): string | null {
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : null;
}

/** Whether a switch was on at some view before, of the same document. */
function earlier(register: RegisterModel, sessions: readonly SessionViews[]): ReadonlyMap<View, boolean> {
  const values = new Map<View, boolean>();
  for (const session of sessions) {
    let [load, wasOn] = [-1, false];
    for (const view of viewsInOrder(session)) {
      if (view.load !== load) [load, wasOn] = [view.load, false];
      values.set(view, wasOn);
      wasOn ||= (register.values.has(view) ? register.values.get(view) : register.initial) === true;
    }
  }
  return values;
}

/** Occasions of one action while a switch was off, by whether it had been on before: how many, and how often the action put it on. */
interface Tally {
  first: number;
  firstOn: number;
  again: number;
  againOn: number;
}

const fewest = 3;
/** Share of first occasions that put the switch on, and of later ones that do not, for it to be something done but once. */
const mostly = 0.7;

const isOnce = ({ first, firstOn, again, againOn }: Tally): boolean =>
  first >= fewest && again >= fewest && firstOn >= mostly * first && againOn <= (1 - mostly) * again;

function happensOnce({ name }: RegisterModel, wasOn: ReadonlyMap<View, boolean>, cases: readonly Case[]): boolean {
  const tallies = new Map<string, Tally>();
  for (const of of cases) {
    const { before, after } = of;
    if (of.request || before.view.load !== after.view.load || before.state.registers[name] === true) continue;
    const tally = tallies.get(caseName(of)) ?? { first: 0, firstOn: 0, again: 0, againOn: 0 };
    const isOn = after.state.registers[name] === true ? 1 : 0;
    if (wasOn.get(before.view) === true) {
      tally.again++;
      tally.againOn += isOn;
    } else {
      tally.first++;
      tally.firstOn += isOn;
    }
    tallies.set(caseName(of), tally);
  }
  return [...tallies.values()].some(isOnce);
}

/**
 * Registers that say whether a switch of the page has been on since the document was loaded, for those that some action puts on the
 * first time and not again: scripts greet, explain and open a cart but once.
 */
export function latchesOf(
  cases: readonly Case[],
  registers: readonly RegisterModel[],
  sessions: readonly SessionViews[],
): readonly RegisterModel[] {
  const switches = registers.filter(({ scope, initial }) => scope === 'page' && initial === false);
  return switches.flatMap((register): RegisterModel[] => {
    const values = earlier(register, sessions);
    if (!happensOnce(register, values, cases)) return [];
    return [{ name: `${register.name}${suffix}`, holes: new Map(), initial: false, scope: 'page', values }];
  });
}
