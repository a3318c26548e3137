import type { Action, Task } from '@backlot/protocol';

/** Another way to do what a task asks for, as a person might go it. */
export interface OtherWay {
  readonly name: string;
  readonly actions: readonly Action[];
}

/** Where the application begins, to look around there. */
interface Places {
  readonly start: string;
}

/**
 * Ways that are right if the task's own is, whatever the application: with looking around before or after, a typing error that is mended,
 * fields filled in another order, pauses, and a button pressed by a key. Not all of them exist everywhere: what is refused is no way.
 */
export function otherWays({ oracle, verifier }: Pick<Task, 'oracle' | 'verifier'>, { start }: Places): readonly OtherWay[] {
  const asksForAPlace = [verifier.goals, ...(verifier.alternatives ?? [])].flat().some(({ kind }) => kind === 'at');
  const ways: readonly OtherWay[] = [
    { name: 'looking around before', actions: [{ kind: 'goto', value: start }, { kind: 'back' }, ...oracle] },
    ...(asksForAPlace ? [] : [{ name: 'looking around after', actions: [...oracle, { kind: 'goto' as const, value: start }] }]),
    { name: 'pauses', actions: oracle.flatMap((action): Action[] => [{ kind: 'wait', value: '1000' }, action]) },
    { name: 'a mended error', actions: withError(oracle) },
    { name: 'another order', actions: inAnotherOrder(oracle) },
    { name: 'a key for the button', actions: byKey(oracle) },
  ];
  const own = JSON.stringify(oracle);
  return ways.filter(({ actions }) => JSON.stringify(actions) !== own);
}

/** The first text typed with a sign too many, and then as it should be. */
function withError(oracle: readonly Action[]): readonly Action[] {
  const at = oracle.findIndex(({ kind, value }) => kind === 'fill' && value !== undefined && value !== '');
  const typed = oracle[at];
  return typed === undefined ? oracle : oracle.toSpliced(at, 0, { ...typed, value: `${typed.value}x` });
}

/** The first two fields that are filled one after the other, filled the other way round. */
function inAnotherOrder(oracle: readonly Action[]): readonly Action[] {
  const isFilled = ({ kind }: Action): boolean => kind === 'fill' || kind === 'select';
  const at = oracle.findIndex((action, i) => {
    const next = oracle[i + 1];
    return isFilled(action) && next !== undefined && isFilled(next) && JSON.stringify(next.target) !== JSON.stringify(action.target);
  });
  const [first, second] = [oracle[at], oracle[at + 1]];
  return first && second ? oracle.toSpliced(at, 2, second, first) : oracle;
}

/** The last button pressed by Enter. */
function byKey(oracle: readonly Action[]): readonly Action[] {
  const at = oracle.findLastIndex(({ kind, target }) => kind === 'click' && target?.role === 'button');
  const click = oracle[at];
  return click === undefined ? oracle : oracle.toSpliced(at, 1, { ...click, kind: 'press', value: 'Enter' });
}
