import type { Policy, PolicyTest } from '@backlot/protocol';
import { compilePolicy, type CompiledPolicy } from './compile-policy.ts';
import { decide, type Ruling } from './decide.ts';
import { emptyLedger, enter, secondsOf, type Ledger } from './ledger.ts';
import { subjectOf, type Foresight, type ForeseenChange, type Subject } from './subject.ts';

/** What came of one test of a policy. */
interface PolicyTestResult {
  readonly name: string;
  readonly passed: boolean;
  /** What was expected and what came, in words; empty where it passed. */
  readonly says: string;
}

/** A policy's own tests, and what of it they leave alone. */
export interface PolicyTestReport {
  readonly results: readonly PolicyTestResult[];
  /** Rules that decide in no test. */
  readonly untested: readonly string[];
}

/** Runs the tests that stand in a policy. */
export function testPolicy(policy: Policy): PolicyTestReport {
  const compiled = compilePolicy(policy);
  const decided = new Set<string | null>();
  const results = (policy.tests ?? []).map((test) => {
    const { decision } = judge(compiled, test);
    decided.add(decision.rule);
    const isRight = decision.verb === test.expect && (test.by === undefined || decision.rule === test.by);
    const wanted = `${test.expect}${test.by === undefined ? '' : ` by ${test.by}`}`;
    const says = `expected ${wanted}, came ${decision.verb} by ${decision.rule ?? 'no rule'}: ${decision.reason}`;
    return { name: test.name, passed: isRight, says: isRight ? '' : says };
  });
  return { results, untested: policy.rules.map(({ id }) => id).filter((id) => !decided.has(id)) };
}

function judge(policy: CompiledPolicy, test: PolicyTest): Ruling {
  let ledger: Ledger = emptyLedger;
  for (const action of test.before ?? []) {
    const subject = testSubject({ ...test, action });
    const seconds = secondsOf(action);
    const { matched } = decide([policy], { subject, ledger, seconds });
    ledger = enter(ledger, { action, foresight: subject.foresee(), matched, seconds });
  }
  return decide([policy], { subject: testSubject(test), ledger, seconds: secondsOf(test.action) });
}

/** What a test gives, as a subject. A test that foresees anything foresees it for certain, unless it says otherwise. */
export function testSubject({ action, address = '/', shows, point, foreseen }: PolicyTest): Subject {
  const parts = { action, address, shows: shows ?? null, point: point ?? null };
  if (foreseen === undefined) return subjectOf(parts, () => null);
  const { certainty = 'certain', irreversible, to = address, spends = 0, sent = [], shown = '', changes = [] } = foreseen;
  const foresight: Foresight = {
    certainty,
    irreversible: irreversible ?? (changes.length === 0 ? false : null),
    to,
    leaves: /^[a-z]+:/i.test(to),
    spends,
    sent,
    shown: () => shown,
    changes: changes.flatMap(({ times = 1, ...change }) => Array.from({ length: times }, () => foreseenChange(change))),
  };
  return subjectOf(parts, () => foresight);
}

function foreseenChange({
  how,
  table,
  columns = [],
  values = [],
}: Omit<ForeseenChange, 'says' | 'columns' | 'values'> & {
  readonly columns?: readonly string[] | undefined;
  readonly values?: readonly string[] | undefined;
}): ForeseenChange {
  return { how, table, columns, values, says: `${table} ${how}` };
}
