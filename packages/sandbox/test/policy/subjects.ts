import type { Action, Policy } from '@backlot/protocol';
import { compilePolicy, decide, emptyLedger, parsePolicy, subjectOf, type Foresight, type Ledger, type Subject } from '../../src/index.ts';
import type { Ruling } from '../../src/index.ts';

export const click = (name: string, role = 'button'): Action => ({ kind: 'click', target: { role, name, nth: 0 } });

export const nothing: Foresight = {
  certainty: 'certain',
  changes: [],
  irreversible: false,
  to: '/',
  leaves: false,
  spends: 0,
  sent: [],
  shown: () => '',
};

export const change = (how: Foresight['changes'][number]['how'], table = 'item'): Foresight['changes'][number] => ({
  how,
  table,
  columns: ['title'],
  values: ['Tea'],
  says: `${table} ${how}`,
});

export function subject(action: Action, foresight: Partial<Foresight> | null = {}, rest: Partial<Subject> = {}): Subject {
  const parts = { action, address: '/', shows: null, point: null, ...rest };
  return subjectOf(parts, () => (foresight === null ? null : { ...nothing, ...foresight }));
}

export const policy = (rules: string, head = ''): Policy => parsePolicy(`v: 1\nname: test\n${head}rules:\n${rules}`);

export function ruling(policies: Policy | readonly Policy[], asked: Subject, ledger: Ledger = emptyLedger): Ruling {
  const all = 'rules' in policies ? [policies] : policies;
  return decide(all.map(compilePolicy), { subject: asked, ledger, seconds: 1 });
}
