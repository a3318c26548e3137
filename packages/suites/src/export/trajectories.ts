import type { Action, EpisodeRecord, Observation, Task } from '@backlot/protocol';
import { jsonLines, type ExportFile } from './files.ts';

/** An episode with its task and what was seen before the first action. */
export interface Trajectory {
  readonly task: Task;
  readonly episode: EpisodeRecord;
  readonly first: Observation;
}

/** Trajectories as those who train on them want them. */
export type TrajectoryExport = (trajectories: readonly Trajectory[]) => readonly ExportFile[];

const version = '0.1.0';
const system =
  'You act on a web page that you see as an accessibility snapshot. Answer with one action as JSON: {"kind", "target": {"role", "name", "nth"}, "value"}, or {"kind": "done"}.';

interface Seen {
  readonly aria: string;
  readonly url: string;
}

/** What was seen before each step, and after the last. */
const views = ({ first, episode }: Trajectory): readonly Seen[] => [first, ...episode.steps];
const say = ({ aria, url }: Seen): string => `URL: ${url}\n${aria}`;
const argumentsOf = ({ target, value, dialog }: Action): Record<string, unknown> => ({
  ...(target ? { target } : {}),
  ...(value === undefined ? {} : { value }),
  ...(dialog ? { dialog } : {}),
});

/** Agent Trajectory Interchange Format v1.7 (Harbor): one JSON a trajectory, steps numbered from 1, observations with the call that gave them. */
export const exportAtif: TrajectoryExport = (all) =>
  all.map((trajectory, t) => {
    const { task, episode } = trajectory;
    const opening = { step_id: 1, source: 'user', message: `${task.instruction}\n\n${say(trajectory.first)}` };
    const steps = episode.steps.map((step, i) => ({
      step_id: i + 2,
      source: 'agent',
      model_name: episode.agent,
      message: '',
      tool_calls: [{ tool_call_id: `call_${i + 1}`, function_name: step.action.kind, arguments: argumentsOf(step.action) }],
      observation: {
        results: [
          { source_call_id: `call_${i + 1}`, content: step.refused === undefined ? say(step) : `Refused: ${step.refused}\n${say(step)}` },
        ],
      },
    }));
    const value = {
      schema_version: 'ATIF-v1.7',
      session_id: `${task.id}-${episode.agent}-${t + 1}`,
      agent: { name: episode.agent, version, model_name: episode.agent },
      steps: [opening, ...steps],
      final_metrics: { total_steps: steps.length + 1 },
      extra: { task: task.id, reward: episode.reward, ending: episode.ending, feedback: episode.feedback },
    };
    return { path: `${task.id}-${t + 1}.json`, text: `${JSON.stringify(value, null, 2)}\n` };
  });

/** Agent Data Protocol (neulab, schema 1.3): web observations and API actions in turn. */
export const exportAdp: TrajectoryExport = (all) => {
  const rows = all.map((trajectory, t) => {
    const { task, episode } = trajectory;
    const seen = (view: Seen) => ({
      class_: 'web_observation',
      html: null,
      axtree: view.aria,
      url: view.url,
      viewport_size: null,
      image_observation: null,
    });
    const steps = episode.steps.flatMap((step) => [
      {
        class_: 'api_action',
        function: step.action.kind,
        kwargs: argumentsOf(step.action),
        description: null,
        reasoning_content: null,
        reward: step.reward,
      },
      seen(step),
    ]);
    return {
      schema_version: '1.3.0',
      id: `${task.id}-${t + 1}`,
      content: [{ class_: 'text_observation', content: task.instruction, name: null, source: 'user' }, seen(trajectory.first), ...steps],
      details: { reward: String(episode.reward), ending: episode.ending },
    };
  });
  return [{ path: 'adp.jsonl', text: jsonLines(rows) }];
};

interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

function messagesOf(trajectory: Trajectory): readonly Message[] {
  const { task, episode } = trajectory;
  const seen = views(trajectory);
  const turns = episode.steps.flatMap((step, i): readonly Message[] => [
    { role: 'user', content: i === 0 ? `Task: ${task.instruction}\n\n${say(seen[0] as Seen)}` : say(seen[i] as Seen) },
    { role: 'assistant', content: JSON.stringify(step.action) },
  ]);
  const end: readonly Message[] =
    episode.ending === 'done'
      ? [
          { role: 'user', content: say(seen.at(-1) as Seen) },
          { role: 'assistant', content: '{"kind":"done"}' },
        ]
      : [];
  return [{ role: 'system', content: system }, ...turns, ...end];
}

/** OpenAI's chat format for fine-tuning: a line `{messages}` each. */
export const exportMessages: TrajectoryExport = (all) => [
  { path: 'messages.jsonl', text: jsonLines(all.map((trajectory) => ({ messages: messagesOf(trajectory) }))) },
];

/** ShareGPT's conversations. */
export const exportShareGpt: TrajectoryExport = (all) => {
  const names = { system: 'system', user: 'human', assistant: 'gpt' } as const;
  const rows = all.map((trajectory) => ({
    id: trajectory.task.id,
    conversations: messagesOf(trajectory).map(({ role, content }) => ({ from: names[role], value: content })),
  }));
  return [{ path: 'sharegpt.jsonl', text: jsonLines(rows) }];
};

/** One transition a line, as offline reinforcement learning reads them: the reward is dense on the way, and the outcome is added at the end. */
export const exportTransitions: TrajectoryExport = (all) => {
  const rows = all.flatMap((trajectory, t) => {
    const { task, episode } = trajectory;
    const seen = views(trajectory);
    return episode.steps.map((step, i) => {
      const isLast = i === episode.steps.length - 1;
      return {
        episode: `${task.id}-${t + 1}`,
        step: i,
        instruction: task.instruction,
        observation: say(seen[i] as Seen),
        action: step.action,
        reward: isLast ? (episode.reward ?? 0) : 0,
        shaping: step.reward,
        next_observation: say(step),
        terminated: isLast && !isCut(episode.ending),
        truncated: isLast && isCut(episode.ending),
        refused: step.refused ?? null,
      };
    });
  });
  return [{ path: 'transitions.jsonl', text: jsonLines(rows) }];
};

/** Preference pairs: of two episodes of a task that part at the same view, the action of the one that came closer to the goal is chosen. */
export const exportPreferences: TrajectoryExport = (all) => {
  const rows = [...Map.groupBy(all, ({ task }) => task.id).values()].flatMap((same) =>
    same.flatMap((a) => same.flatMap((b) => pairOf(a, b))),
  );
  return [{ path: 'preferences.jsonl', text: jsonLines(rows) }];
};

function pairOf(better: Trajectory, worse: Trajectory): readonly unknown[] {
  if ((better.episode.reward ?? -1) <= (worse.episode.reward ?? -1) || worse.episode.reward === null) return [];
  const [left, right] = [better.episode.steps, worse.episode.steps];
  const at = left.findIndex((step, i) => JSON.stringify(step.action) !== JSON.stringify(right[i]?.action));
  const [chosen, rejected] = [left[at], right[at]];
  if (!chosen || !rejected) return [];
  const prompt = messagesOf(better).slice(0, 2 + 2 * at);
  const answer = ({ action }: { action: Action }): readonly Message[] => [{ role: 'assistant', content: JSON.stringify(action) }];
  return [{ prompt, chosen: answer(chosen), rejected: answer(rejected) }];
}

/** Turns for training a text world model (From Word to World, 2025): system with the first state, user = action, assistant = next state. */
export const exportWorldModel: TrajectoryExport = (all) => {
  const rows = all.map((trajectory) => ({
    messages: [
      { role: 'system', content: `You are a web application. Answer each action with the page after it.\n\n${say(trajectory.first)}` },
      ...trajectory.episode.steps.flatMap((step) => [
        { role: 'user', content: JSON.stringify(step.action) },
        { role: 'assistant', content: step.refused === undefined ? say(step) : `Refused: ${step.refused}` },
      ]),
    ],
  }));
  return [{ path: 'world-model.jsonl', text: jsonLines(rows) }];
};

/** True where neither the agent nor a policy ended the episode. */
function isCut(ending: Trajectory['episode']['ending']): boolean {
  return ending === 'step_limit' || ending === 'over_budget';
}
