import type { Row, State, UiEvent } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import type { TableModel } from '../state/tables.ts';
import type { Occasion } from './terms.ts';
import type { Case } from './cases.ts';
import { actionName, caseName } from './cases.ts';
import type { SentRequest } from './requests.ts';
import { changesBetween, sameData } from './changes.ts';
import type { Around, Decision } from './decide.ts';
import { decide } from './decide.ts';
import type { UiOrigin } from './origin.ts';
import { knownTables, outcomeOf } from './effect-world.ts';

/** What was learned of one event at one element. */
export interface LearnedAction {
  /** A page that has the element; its anchor is the one that all pages with it share. */
  readonly page: string;
  readonly anchor: string;
  readonly event: UiEvent;
  readonly key?: string;
  /** Set where the action is what a request does, whatever page sent it. */
  readonly request?: Pick<SentRequest, 'method' | 'route' | 'query'>;
  readonly decision: Decision;
  readonly occasions: readonly Occasion[];
  readonly tables: readonly TableModel[];
}

/** Learned actions by their name. */
export type LearnedActions = ReadonlyMap<string, LearnedAction>;

function rebase(scope: Scope, state: State): Scope {
  const rows: Record<string, Row> = {};
  for (const [name, row] of Object.entries(scope.rows)) {
    const now = Object.values(state.tables).flatMap((table) => table.filter((candidate) => candidate.id === row.id))[0];
    if (now) rows[name] = now;
  }
  const innermost = Object.values(rows).at(-1);
  const { row: _row, ...rest } = scope;
  return { ...rest, state, rows, ...(innermost ? { row: innermost } : {}) };
}

/** The state after an action as the learned effects have it; null where it has none. */
export function predict({ decision, tables }: LearnedAction, scope: Scope, state: State): State | null {
  const here = rebase(scope, state);
  return decision.effects.length > 0 ? outcomeOf(decision.effects, here, tables) : null;
}

function occasionOf(of: Case, from: State): Occasion {
  const scope = from === of.scope.state ? of.scope : rebase(of.scope, from);
  return { of, scope, changes: changesBetween(from, of.after.state) };
}

/** What learning works from besides the cases. */
export interface ActionInputs {
  readonly tables: readonly TableModel[];
  /** What a page shows and offers, as far as it is explained. */
  readonly around: (page: string) => Around;
}

const triggerOf = ({ method, route, query }: SentRequest): NonNullable<LearnedAction['request']> =>
  query ? { method, route, query } : { method, route };

function learnGroup(occasions: readonly Occasion[], inputs: ActionInputs): LearnedAction {
  const { origin, request } = (occasions[0] as Occasion).of;
  return {
    page: origin.page,
    anchor: origin.anchor,
    event: origin.event,
    ...(origin.key === undefined ? {} : { key: origin.key }),
    ...(request ? { request: triggerOf(request) } : {}),
    decision: decide(occasions, inputs.tables, inputs.around(origin.page)),
    occasions,
    tables: inputs.tables,
  };
}

function learnGroups(occasions: readonly Occasion[], inputs: ActionInputs): Map<string, LearnedAction> {
  const groups = new Map<string, Occasion[]>();
  for (const occasion of occasions) {
    const name = caseName(occasion.of);
    groups.set(name, [...(groups.get(name) ?? []), occasion]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, list]) => [name, learnGroup(list, inputs)]));
}

interface BlurTrial {
  readonly of: Case;
  readonly commit: LearnedAction;
  readonly after: State | null;
}

/** Leaving a field may do what Enter in it does: the state that would follow. */
function trial(of: Case, learned: LearnedActions): BlurTrial | null {
  if (!of.blurred || !of.blurredScope) return null;
  const commit = learned.get(actionName({ anchor: of.blurred.anchor, event: 'key', key: 'Enter' }));
  return commit ? { of, commit, after: predict(commit, of.blurredScope, of.before.state) } : null;
}

function followUp(state: State, of: Case, learned: LearnedActions): State {
  const own = learned.get(caseName(of));
  return (own && predict(own, of.scope, state)) ?? state;
}

interface BlurVote {
  readonly commit: LearnedAction;
  readonly blurred: UiOrigin;
  for: Case[];
  against: Case[];
}

function voteOnBlur(cases: readonly Case[], learned: LearnedActions, tables: readonly TableModel[]): readonly BlurVote[] {
  const votes = new Map<string, BlurVote>();
  const known = knownTables(tables);
  for (const of of cases) {
    const tried = trial(of, learned);
    if (!tried || !of.blurred) continue;
    const name = actionName(of.blurred);
    const vote = votes.get(name) ?? { commit: tried.commit, blurred: of.blurred, for: [], against: [] };
    votes.set(name, vote);
    const without = sameData(followUp(of.before.state, of, learned), of.after.state, known);
    const within = tried.after !== null && sameData(followUp(tried.after, of, learned), of.after.state, known);
    if (within && !without) vote.for.push(of);
    if (without && !within) vote.against.push(of);
  }
  return [...votes.values()];
}

function blurAction(vote: BlurVote): LearnedAction {
  return { ...vote.commit, event: 'blur', occasions: vote.for.map((of) => occasionOf(of, of.before.state)) };
}

/** Where leaving a field does what Enter in it does, every leaving for something that does nothing by itself tells of Enter too. */
function commitsOf(cases: readonly Case[], votes: readonly BlurVote[], learned: LearnedActions): readonly Occasion[] {
  const fields = new Set(votes.map((vote) => actionName(vote.blurred)));
  return cases.flatMap((of): Occasion[] => {
    const { blurred, blurredScope: scope, before, after } = of;
    if (!blurred || !scope || of.request || !fields.has(actionName(blurred)) || before.view.url !== after.view.url) return [];
    if ((learned.get(caseName(of))?.decision.effects.length ?? 0) > 0) return [];
    const committed: Case = { ...of, origin: { ...blurred, event: 'key', key: 'Enter' }, scope };
    return [{ of: committed, scope, changes: changesBetween(before.state, after.state) }];
  });
}

/**
 * Learns what each event at each element does. Clicks that took the focus from a field are looked at twice: what the field did on
 * being left is taken off first, so that it is not learned as the click's.
 */
export function learnActions(cases: readonly Case[], inputs: ActionInputs): LearnedActions {
  const plain = cases.filter((of) => !of.blurred).map((of) => occasionOf(of, of.before.state));
  const first = learnGroups(plain, inputs);
  const votes = voteOnBlur(cases, first, inputs.tables).filter((vote) => vote.for.length > vote.against.length);
  const commits = commitsOf(cases, votes, first);
  const informed = learnGroups([...plain, ...commits], inputs);
  const blurs = votes.map((vote): BlurVote => ({ ...vote, commit: informed.get(actionName(vote.commit)) ?? vote.commit }));
  const byField = new Map(blurs.map((vote) => [actionName(vote.blurred), vote]));
  const occasions = cases.map((of) => {
    const vote = of.blurred && byField.get(actionName(of.blurred));
    const left = vote && of.blurredScope ? predict(vote.commit, of.blurredScope, of.before.state) : null;
    return occasionOf(of, left ?? of.before.state);
  });
  const learned = learnGroups([...occasions, ...commits], inputs);
  for (const vote of blurs) learned.set(actionName(vote.blurred), withoutKey(blurAction(vote)));
  return learned;
}

function withoutKey(action: LearnedAction): LearnedAction {
  const { key: _key, ...rest } = action;
  return rest;
}
