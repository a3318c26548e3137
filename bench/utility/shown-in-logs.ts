import type { Shown } from '@backlot/agents';
import { compileStyles, styleSheetsOf } from '@backlot/logs';
import type { Observation, PageView, Session, World } from '@backlot/protocol';
import type { WorkModel } from '@backlot/workflow';
import { ariaSnapshot } from '@backlot/world';
import { abstractSteps } from '../../packages/workflow/src/abstract.ts';
import { replaySession, type ReplayedStep } from '../../packages/workflow/src/replay.ts';
import { isNameable } from '../../packages/workflow/src/task-at.ts';
import { wordTask } from '../../packages/workflow/src/wording.ts';

/**
 * Work that people did, as it stands in the logs: real pages, what was done there, and an instruction in the words that tasks are worded
 * in. Pieces that have no words, or a step that could not be replayed, are left out.
 */
export function shownInLogs(world: World, work: WorkModel, sessions: readonly Session[]): readonly Shown[] {
  return work.workflows.flatMap((workflow) =>
    workflow.examples.flatMap(({ session: id, steps: indexes }): readonly Shown[] => {
      const session = sessions.find((each) => each.id === id);
      if (session === undefined) return [];
      const replayed = replaySession(world, session).steps;
      const steps = indexes.map((i) => replayed[i]).filter((step): step is ReplayedStep => step?.accepted === true);
      if (steps.length < indexes.length) return [];
      const abstracted = abstractSteps(world, steps);
      if (!isNameable({ actions: abstracted.map(({ action }) => action) })) return [];
      const grounded = steps.map(({ action, before }, i) => {
        const { action: abstract, element } = abstracted[i] as (typeof abstracted)[number];
        return { action, abstract, before, ...(element === undefined ? {} : { element }) };
      });
      const { before: start } = steps[0] as ReplayedStep;
      const end = (steps.at(-1) as ReplayedStep).after;
      const instruction = wordTask(world, workflow, { start, end, steps: grounded, binding: { records: new Map(), values: new Map() } });
      if (instruction === null) return [];
      const pages = [...indexes.map((i) => session.steps[i]?.before), session.steps[indexes.at(-1) as number]?.after];
      return [{ task: { instruction, oracle: steps.map(({ action }) => action) }, observations: pages.map((page) => seen(session, page)) }];
    }),
  );
}

function seen({ viewport }: Session, page: PageView | undefined): Observation {
  if (page === undefined) throw new Error('A logged step has no page.');
  const aria = ariaSnapshot(page.root, compileStyles(styleSheetsOf(page.root), viewport));
  return { aria, url: page.url, title: '', dialog: null, clock: 0 };
}
