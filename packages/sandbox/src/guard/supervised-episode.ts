import type { Action, Decision, DomElement, Observation, State, Target } from '@backlot/protocol';
import { actedOnRoles, render } from '@backlot/world';
import { refusal } from '../engine/explain.ts';
import { InfraError } from '../engine/errors.ts';
import type { ActResult, Episode, OpenOptions, Point } from '../engine/port.ts';
import type { CompiledPolicy } from '../policy/compile-policy.ts';
import { decide, type Ruling } from '../policy/decide.ts';
import { emptyLedger, enter, secondsOf, type Ledger } from '../policy/ledger.ts';
import { subjectOf, type Foresight, type Subject } from '../policy/subject.ts';
import { around } from './around.ts';
import { foresee, foreseeReal } from './foresee.ts';

/** An action that a policy asks about. */
export interface AskedAction {
  readonly action: Action;
  readonly decision: Decision;
}

/** What is written down of an episode as it goes. Each call is awaited before anything else happens: what can't be recorded is not done. */
export interface Trail {
  /** What is seen where it begins, or goes on after it was restored. */
  began(observation: Observation, picture: Uint8Array | undefined): Promise<void>;
  decided(action: Action, decision: Decision): Promise<void>;
  did(result: ActResult, picture: Uint8Array | undefined): Promise<void>;
}

/** Who watches over episodes, and how. */
export interface Supervision {
  readonly policies: readonly CompiledPolicy[];
  /** `enforce` (the default) keeps back what is not allowed; `observe` carries everything out and only says what it would have done. */
  readonly mode?: 'enforce' | 'observe';
  /** Answers an `ask`. Where nobody does, the answer is no. */
  readonly ask?: (asked: AskedAction) => Promise<boolean>;
  /** Begins the record of an episode. */
  readonly record?: (options: OpenOptions) => Promise<Trail>;
  /** Whether pictures are recorded too, where the engine has them. */
  readonly pictures?: boolean;
  /** Shows the page of the application that is acted on, for which the world only stands in: what it would refuse is unknown, not impossible. */
  readonly shown?: () => DomElement;
}

interface Parts {
  readonly options: OpenOptions;
  readonly supervision: Supervision;
}

interface Judged {
  readonly decision: Decision;
  readonly matched: readonly string[];
  readonly subject: Subject;
}

/** An episode whose actions are judged before they are carried out. */
export class SupervisedEpisode implements Episode {
  readonly #episode: Episode;
  readonly #parts: Parts;
  readonly #trail: Trail | undefined;
  #seen: Observation;
  #ledger: Ledger = emptyLedger;
  #ended: Decision | null = null;
  readonly picture?: Required<Episode>['picture'];
  readonly elementAt?: Required<Episode>['elementAt'];
  readonly placeOf?: Required<Episode>['placeOf'];

  private constructor(episode: Episode, parts: Parts & { readonly trail: Trail | undefined; readonly seen: Observation }) {
    this.#episode = episode;
    this.#parts = parts;
    this.#trail = parts.trail;
    this.#seen = parts.seen;
    if (episode.picture !== undefined) this.picture = (look) => (episode as Required<Episode>).picture(look);
    if (episode.elementAt !== undefined) this.elementAt = (...args) => (episode as Required<Episode>).elementAt(...args);
    if (episode.placeOf !== undefined) this.placeOf = (target) => (episode as Required<Episode>).placeOf(target);
  }

  static async begin(episode: Episode, parts: Parts): Promise<SupervisedEpisode> {
    const trail = await parts.supervision.record?.(parts.options);
    const supervised = new SupervisedEpisode(episode, { ...parts, trail, seen: await episode.observe() });
    await supervised.#record(async (picture) => trail?.began(supervised.#seen, picture));
    return supervised;
  }

  observe(): Promise<Observation> {
    return this.#episode.observe();
  }

  async act(action: Action): Promise<ActResult> {
    const judged = await this.#judge(action);
    const decision = await this.#answered(action, judged.decision);
    await this.#recorded(() => this.#trail?.decided(action, decision));
    const isObserving = this.#parts.supervision.mode === 'observe';
    const passes = decision.verb === 'allow' || decision.answer === 'yes' || isObserving;
    const result = passes ? { ...(await this.#episode.act(action)), decision } : await this.#denied(decision);
    if (passes) this.#enter(action, judged, result);
    if (decision.verb === 'end' && !isObserving) this.#ended = decision;
    this.#seen = result.observation;
    await this.#record(async (picture) => this.#trail?.did(result, picture));
    return result;
  }

  state(): Promise<State> {
    return this.#episode.state();
  }

  async restore(state: State): Promise<void> {
    await this.#episode.restore(state);
    this.#seen = await this.#episode.observe();
    await this.#record(async (picture) => this.#trail?.began(this.#seen, picture));
  }

  close(): Promise<void> {
    return this.#episode.close();
  }

  async #judge(action: Action): Promise<Judged> {
    const { supervision, options } = this.#parts;
    const { policies } = supervision;
    // A real application goes on by itself: what is judged is the page as it stands now, not as it was last seen.
    if (supervision.shown !== undefined) this.#seen = await this.#episode.observe();
    const shown = this.#seen;
    const { world } = options.clone;
    const isPart = action.target !== undefined && !actedOnRoles.has(action.target.role);
    const state = isPart || policies.some(({ needsForesight }) => needsForesight) ? await this.#episode.state() : null;
    const look = (): Foresight | null => {
      if (state === null) return null;
      const root = supervision.shown?.();
      return root === undefined ? (foresee(world, state, action) ?? inert(shown.url)) : foreseeReal(world, { state, root }, action);
    };
    const point = await this.#pointOf(action);
    const parts = { action, address: shown.url, shows: shown.aria, point };
    const whole =
      state === null || action.target === undefined || !isPart ? parts : { ...parts, around: this.#around(state, action.target) };
    const subject = subjectOf(whole, look);
    if (this.#ended !== null) return { decision: this.#ended, matched: [], subject };
    const ruling: Ruling = decide(policies, { subject, ledger: this.#ledger, seconds: secondsOf(action) });
    return { ...ruling, subject };
  }

  #around(state: State, target: Target): readonly Target[] {
    const { world } = this.#parts.options.clone;
    return around(world, this.#parts.supervision.shown?.() ?? render(world, state).root, target);
  }

  async #pointOf({ target }: Action): Promise<Point | null> {
    if (target === undefined || !this.#parts.supervision.policies.some(({ needsPlace }) => needsPlace)) return null;
    return (await this.placeOf?.(target)) ?? null;
  }

  async #answered(action: Action, decision: Decision): Promise<Decision> {
    if (decision.verb !== 'ask') return decision;
    const { ask } = this.#parts.supervision;
    if (ask === undefined) return { ...decision, answer: 'nobody' };
    return { ...decision, answer: (await ask({ action, decision })) ? 'yes' : 'no' };
  }

  async #denied(decision: Decision): Promise<ActResult> {
    const refused = sayDenial(decision);
    return { observation: await this.#episode.observe(), explanation: refusal(refused), refused, dialogs: [], decision };
  }

  #enter(action: Action, { subject, matched }: Judged, result: ActResult): void {
    const isDone = result.refused === undefined;
    const needsMoney = this.#parts.supervision.policies.some(({ needsForesight }) => needsForesight);
    const foresight = isDone && needsMoney ? subject.foresee() : null;
    this.#ledger = enter(this.#ledger, { action, foresight, matched: isDone ? matched : [], seconds: secondsOf(action) });
  }

  async #record(write: (picture: Uint8Array | undefined) => Promise<void> | undefined): Promise<void> {
    if (this.#trail === undefined) return;
    const picture = this.#parts.supervision.pictures === true ? await this.picture?.() : undefined;
    await this.#recorded(() => write(picture));
  }

  /** A record that can't be written is an infrastructure fault: the episode is over and never scored. */
  async #recorded(write: () => Promise<void> | undefined): Promise<void> {
    try {
      await write();
    } catch (cause) {
      throw new InfraError((cause as Error).message, { cause });
    }
  }
}

/** What the world would refuse leads to nothing in an engine that runs that world. */
function inert(address: string): Foresight {
  return { certainty: 'certain', changes: [], irreversible: false, to: address, leaves: false, spends: 0, sent: [], shown: () => '' };
}

/** A denial in words: the rule, why, and what would be allowed. */
export function sayDenial({ verb, policy, rule, reason, instead, answer }: Decision): string {
  const asked = { yes: '', no: ' The answer was no.', nobody: ' Nobody was there to answer.' }[answer ?? 'yes'];
  const who = rule === null ? `The policy “${policy}”` : `The rule “${rule}” of the policy “${policy}”`;
  const what = { allow: 'allows this', deny: 'denies this', ask: 'asks about this', end: 'ends the episode' }[verb];
  return `${who} ${what}: ${reason}${asked}${instead === '' ? '' : ` ${instead.startsWith('What would') ? instead : `What would be allowed: ${instead}`}`}`;
}
