import type { Observation } from '@backlot/protocol';
import type { Agent } from '../agent.ts';
import { featuresOf } from './features.ts';
import { readInstruction, type Instruction } from './instruction.ts';
import { greatest, type LinearPolicy } from './linear-policy.ts';
import { viewPage, type PageView } from './page-view.ts';
import { advance, noProgress, triedOn, type Progress } from './progress.ts';
import { candidatesOn, isSameAction, type Candidate, type Repertoire } from './repertoire.ts';

/** What a learner knows. */
export interface Learned {
  readonly policy: LinearPolicy;
  readonly repertoire: Repertoire;
}

/** A choice as it presented itself. */
export interface Choice {
  readonly candidates: readonly Candidate[];
  readonly features: readonly Int32Array[];
  readonly view: PageView;
}

/** One attempt of a learner: what it has read, and what it has done so far. */
export class LearnerAttempt {
  readonly instruction: Instruction;
  readonly #repertoire: Repertoire;
  #progress: Progress;

  constructor(instruction: string, repertoire: Repertoire) {
    this.instruction = readInstruction(instruction);
    this.#repertoire = repertoire;
    this.#progress = noProgress(this.instruction);
  }

  /** What may be done now. An action that was tried on this very page is not tried again: it led back here. */
  choice(observation: Observation, refused: boolean): Choice {
    const { instruction } = this;
    const view = viewPage(observation, instruction.spans);
    const tried = triedOn(this.#progress, observation);
    const all = candidatesOn(view, instruction, this.#repertoire);
    const candidates = all.filter(({ action }) => action === 'done' || !tried.some((before) => isSameAction(before, action)));
    const features = featuresOf({ instruction, observation, view, progress: this.#progress, refused }, candidates);
    return { candidates, features, view };
  }

  /** Remembers what was chosen. */
  take(candidate: Candidate, { view }: Choice, observation: Observation): void {
    this.#progress = advance(this.#progress, { candidate, view, observation, instruction: this.instruction });
  }
}

/** The agent that does what a trained policy finds best. */
export function learnerAgent({ policy, repertoire }: Learned): Agent {
  return {
    name: 'learner',
    start({ instruction }) {
      const attempt = new LearnerAttempt(instruction, repertoire);
      return {
        next(observation, { refused }) {
          const choice = attempt.choice(observation, refused !== undefined);
          const chosen = choice.candidates[greatest(policy.probabilities(choice.features))];
          if (chosen === undefined) return 'gave_up';
          attempt.take(chosen, choice, observation);
          return chosen.action;
        },
      };
    },
  };
}
