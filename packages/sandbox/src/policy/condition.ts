import type { Condition, DataKind, DataPlace } from '@backlot/protocol';
import { addressGlobs, globs, type TextTest } from './glob.ts';
import { actionKey, recordsOf, ruleKey, type Ledger } from './ledger.ts';
import { typedTexts, type Piece, type PieceDetector } from './pieces.ts';
import type { Foresight, ForeseenChange, Subject } from './subject.ts';
import { every, isFalse, isTrue, not, some, truthOf, unknown, type Truth } from './truth.ts';

/** What a condition is asked about. */
export interface Question {
  readonly subject: Subject;
  /** The episode so far, without the subject. */
  readonly ledger: Ledger;
  /** Time that a person takes for the action, in seconds. */
  readonly seconds: number;
}

export type Test = (question: Question) => Truth;

/** What conditions of one policy share. */
export interface ConditionContext {
  readonly policy: string;
  readonly rule: string;
  readonly detectors: Readonly<Record<DataKind, PieceDetector>>;
}

export const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/**
 * Reads a condition once, so that asking it is cheap. Parts that look at the action alone come first; what has to be foreseen is asked
 * for only where they hold.
 */
export function compileCondition(condition: Condition, context: ConditionContext): Test {
  const tests = [
    ...actionTests(condition),
    ...pageTests(condition),
    ...historyTests(condition, context),
    ...nestedTests(condition, context),
    ...effectTests(condition),
    ...dataTests(condition, context),
  ];
  return (question) => every(tests, (test) => test(question));
}

function actionTests({ action, target, value }: Condition): readonly Test[] {
  const tests: Test[] = [];
  if (action !== undefined) {
    const kinds = new Set(listOf(action));
    tests.push(({ subject }) => truthOf(kinds.has(subject.action.kind)));
  }
  if (target !== undefined) {
    const targets = listOf(target).map(({ role, name }) => ({ role: maybeGlobs(role), name: maybeGlobs(name) }));
    tests.push(({ subject }) => {
      const { action: asked, around = [] } = subject;
      const aimed = asked.target === undefined ? [] : [asked.target, ...around];
      return truthOf(aimed.some((each) => targets.some(({ role, name }) => role(each.role) && name(each.name))));
    });
  }
  if (value !== undefined) {
    const [fits, leads] = [globs(value), addressGlobs(value)];
    tests.push(({ subject: { action: asked, address } }) =>
      truthOf(asked.value !== undefined && (asked.kind === 'goto' ? leads(asked.value, address) : fits(asked.value))),
    );
  }
  return tests;
}

const maybeGlobs = (patterns: string | readonly string[] | undefined): TextTest => (patterns === undefined ? () => true : globs(patterns));

function pageTests({ address, within, shows }: Condition): readonly Test[] {
  const tests: Test[] = [];
  if (address !== undefined) {
    const fits = addressGlobs(address);
    tests.push(({ subject }) => truthOf(fits(subject.address)));
  }
  if (within !== undefined) {
    const { x, y, width, height } = within;
    tests.push(({ subject: { point, action } }) => {
      if (point === null) return action.target === undefined ? isFalse : unknown;
      return truthOf(point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height);
    });
  }
  if (shows !== undefined) {
    const fits = globs(listOf(shows).map((text) => `*${text}*`));
    tests.push(({ subject }) => truthOf(subject.shows === null ? null : fits(subject.shows)));
  }
  return tests;
}

function historyTests({ exceeds, after }: Condition, { policy, rule }: ConditionContext): readonly Test[] {
  const tests: Test[] = [];
  if (after !== undefined) {
    const keys = listOf(after).map((id) => ruleKey(policy, id));
    tests.push(({ ledger }) => truthOf(keys.every((key) => (ledger.matches[key] ?? 0) > 0)));
  }
  if (exceeds !== undefined) {
    const parts = [countedTest(exceeds, ruleKey(policy, rule)), exceedsForeseen(exceeds)];
    tests.push((question) => some(parts, (test) => test(question)));
  }
  return tests;
}

type Budget = NonNullable<Condition['exceeds']>;

const beyond = (total: number, most: number | undefined): boolean => most !== undefined && total > most;

function countedTest({ steps, seconds, repeats, matches }: Budget, key: string): Test {
  return (question) => {
    const { ledger, subject } = question;
    return truthOf(
      beyond(ledger.steps + 1, steps) ||
        beyond(ledger.seconds + question.seconds, seconds) ||
        (repeats !== undefined && beyond((ledger.repeats[actionKey(subject.action)] ?? 0) + 1, repeats)) ||
        beyond((ledger.matches[key] ?? 0) + 1, matches),
    );
  };
}

function exceedsForeseen({ money, records }: Budget): Test {
  if (money === undefined && records === undefined) return () => isFalse;
  return ({ subject, ledger }) => {
    const foresight = known(subject);
    if (foresight === null) return unknown;
    const written = recordsOf(foresight);
    return truthOf(
      (foresight.spends > 0 && beyond(ledger.money + foresight.spends, money)) ||
        (written > 0 && beyond(ledger.records + written, records)),
    );
  };
}

function nestedTests(condition: Condition, context: ConditionContext): readonly Test[] {
  const tests: Test[] = [];
  if (condition.all !== undefined) {
    const parts = condition.all.map((part) => compileCondition(part, context));
    tests.push((question) => every(parts, (part) => part(question)));
  }
  if (condition.any !== undefined) {
    const parts = condition.any.map((part) => compileCondition(part, context));
    tests.push((question) => some(parts, (part) => part(question)));
  }
  if (condition.not !== undefined) {
    const part = compileCondition(condition.not, context);
    tests.push((question) => not(part(question)));
  }
  return tests;
}

/** What is foreseen with any evidence; null where nothing is. */
function known(subject: Subject): Foresight | null {
  const foresight = subject.foresee();
  return foresight === null || foresight.certainty === 'unseen' ? null : foresight;
}

function effectTests({ to, leaves, changes, irreversible, certainty, spends }: Condition): readonly Test[] {
  const foreseen = (test: (foresight: Foresight) => boolean | null): Test => {
    return ({ subject }) => {
      const foresight = known(subject);
      return foresight === null ? unknown : truthOf(test(foresight));
    };
  };
  const tests: Test[] = [];
  if (to !== undefined) {
    const fits = addressGlobs(to);
    tests.push(foreseen((foresight) => fits(foresight.to)));
  }
  if (leaves !== undefined) tests.push(leavesTest(leaves));
  if (certainty !== undefined) {
    const wanted = new Set(listOf(certainty));
    tests.push(({ subject }) => truthOf(wanted.has(subject.foresee()?.certainty ?? 'unseen')));
  }
  if (changes === 'none') tests.push(foreseen((foresight) => foresight.changes.length === 0));
  else if (changes !== undefined) {
    const kinds = listOf(changes).map(changeTest);
    tests.push(foreseen((foresight) => kinds.some((test) => test(foresight.changes))));
  }
  if (spends !== undefined) tests.push(foreseen((foresight) => foresight.spends > spends));
  if (irreversible !== undefined)
    tests.push(foreseen((foresight) => (foresight.irreversible === null ? null : foresight.irreversible === irreversible)));
  return tests;
}

/** Whether an address leads out can be told without evidence of what is there. */
function leavesTest(leaves: boolean): Test {
  return ({ subject }) => {
    const foresight = subject.foresee();
    if (foresight === null) return unknown;
    if (foresight.leaves || foresight.certainty !== 'unseen') return truthOf(foresight.leaves === leaves);
    return unknown;
  };
}

type ChangeCondition = Exclude<NonNullable<Condition['changes']>, 'none' | readonly unknown[]>;

function changeTest({ how, table, columns, value, moreThan = 0 }: ChangeCondition): (changes: readonly ForeseenChange[]) => boolean {
  const kinds = how === undefined ? null : new Set(listOf(how));
  const [inTable, inColumn, written] = [maybeGlobs(table), maybeGlobs(columns), maybeGlobs(value)];
  const fits = (change: ForeseenChange): boolean =>
    (kinds === null || kinds.has(change.how)) &&
    inTable(change.table) &&
    (columns === undefined || change.columns.some(inColumn)) &&
    (value === undefined || change.values.some(written));
  return (changes) => changes.filter(fits).length > moreThan;
}

function dataTests({ data }: Condition, { detectors }: ConditionContext): readonly Test[] {
  if (data === undefined) return [];
  const found = listOf(data.kinds).map((kind) => detectors[kind]);
  const has = (before: readonly Piece[], now: readonly string[]): boolean => found.some((detector) => detector(before, now));
  const looks: Readonly<Record<DataPlace, Test>> = {
    typed: ({ subject, ledger }) => truthOf(has(ledger.typed, typedTexts(subject.action))),
    // What is foreseen without evidence may be more than that, so a find counts and nothing found says nothing.
    sent: ({ subject, ledger }) => foundOrUnknown(subject, (foresight) => has(ledger.sent, foresight.sent)),
    shown: ({ subject }) => foundOrUnknown(subject, (foresight) => has([], [foresight.shown()])),
  };
  const places = (['typed', 'sent', 'shown'] as const).filter((place) => listOf(data.in).includes(place)).map((place) => looks[place]);
  return [(question) => some(places, (place) => place(question))];
}

function foundOrUnknown(subject: Subject, test: (foresight: Foresight) => boolean): Truth {
  const foresight = subject.foresee();
  if (foresight !== null && test(foresight)) return isTrue;
  return foresight === null || foresight.certainty === 'unseen' ? unknown : isFalse;
}
