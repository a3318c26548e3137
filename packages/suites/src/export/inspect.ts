import { jsonLines, type SuiteExport } from './files.ts';
import { difficultyOf } from './real.ts';

const taskPy = `"""Inspect AI task over a Backlot suite. Each sample's episode is an MCP server of its own:

    BACKLOT_SUITE=suite.json inspect eval task.py --model ...
"""

import json
import os
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.agent import as_solver, react
from inspect_ai.dataset import Sample, json_dataset
from inspect_ai.scorer import Score, Target, accuracy, scorer, stderr
from inspect_ai.solver import Generate, TaskState, solver
from inspect_ai.tool import mcp_server_stdio

HERE = Path(__file__).parent


def record_to_sample(record: dict) -> Sample:
    return Sample(input=record["input"], target=record["target"], id=record["id"], metadata=record["metadata"])


@solver
def act():
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        suite, index = os.environ["BACKLOT_SUITE"], str(state.metadata["index"])
        server = mcp_server_stdio(command="npx", args=["backlot", "mcp", "--suite", suite, "--index", index])
        return await as_solver(react(tools=[server]))(state, generate)

    return solve


@scorer(metrics=[accuracy(), stderr()])
def reward():
    """Reads the reward that the episode said last."""

    async def score(state: TaskState, target: Target) -> Score:
        for message in reversed(state.messages):
            if message.role != "tool":
                continue
            try:
                said = json.loads(message.text)
            except ValueError:
                continue
            if isinstance(said, dict) and said.get("done") and isinstance(said.get("reward"), (int, float)):
                return Score(value=float(said["reward"]), answer=state.output.completion)
        return Score(value=0.0, answer=state.output.completion)

    return score


@task
def backlot():
    return Task(dataset=json_dataset(str(HERE / "samples.jsonl"), record_to_sample), solver=act(), scorer=reward())
`;

/** \`samples.jsonl\` with Inspect's fields (input, target, id, metadata), and a \`task.py\` that reads it. */
export const exportInspect: SuiteExport = ({ suite }) => [
  {
    path: 'samples.jsonl',
    text: jsonLines(
      suite.tasks.map((task, index) => ({
        input: task.instruction,
        target: '1',
        id: task.id,
        metadata: {
          index,
          suite: suite.name,
          world: suite.worldHash,
          workflow: task.workflow,
          account: task.account,
          difficulty: difficultyOf(task),
          max_steps: task.maxSteps,
        },
      })),
    ),
  },
  { path: 'task.py', text: taskPy },
];
