import { jsonLines, type SuiteExport } from './files.ts';
import { difficultyOf } from './real.ts';

const taskPy = `"""Inspect AI task over a Backlot suite.

Start the runner first (\`backlot serve\` is for people; the runner is for agents) and give its MCP address:
    BACKLOT_MCP=http://127.0.0.1:4100/mcp inspect eval task.py --model ...
"""

import json
import os
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.agent import react
from inspect_ai.dataset import Sample, json_dataset
from inspect_ai.scorer import Score, Target, accuracy, scorer, stderr
from inspect_ai.solver import TaskState
from inspect_ai.tool import mcp_server_http, mcp_tools

HERE = Path(__file__).parent


def record_to_sample(record: dict) -> Sample:
    return Sample(input=record["input"], target=record["target"], id=record["id"], metadata=record["metadata"])


@scorer(metrics=[accuracy(), stderr()])
def reward():
    """Reads the reward that the runner said last."""

    async def score(state: TaskState, target: Target) -> Score:
        value = 0.0
        for message in reversed(state.messages):
            if message.role != "tool":
                continue
            try:
                said = json.loads(message.text)
            except ValueError:
                continue
            if isinstance(said, dict) and isinstance(said.get("reward"), (int, float)) and said.get("done"):
                value = float(said["reward"])
                break
        return Score(value=value, answer=state.output.completion if state.output else "")

    return score


@task
def backlot():
    server = mcp_server_http(url=os.environ["BACKLOT_MCP"])
    return Task(
        dataset=json_dataset(str(HERE / "samples.jsonl"), record_to_sample),
        solver=react(tools=[mcp_tools(server)]),
        scorer=reward(),
    )
`;

/** \`samples.jsonl\` with Inspect's fields (input, target, id, metadata), and a \`task.py\` that reads it. */
export const exportInspect: SuiteExport = ({ suite }) => [
  {
    path: 'samples.jsonl',
    text: jsonLines(
      suite.tasks.map((task) => ({
        input: task.instruction,
        target: '1',
        id: task.id,
        metadata: {
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
