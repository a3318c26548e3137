import { compileVerifier } from '@backlot/reward';
import { appOf, jsonLines, plainId, type ExportFile, type SuiteExport } from './files.ts';
import { pythonAction } from './playwright-python.ts';

/**
 * A Python module that registers each task with BrowserGym as \`browsergym/backlot.APP.ID\`: \`setup\`, \`validate\`, \`teardown\` and the oracle
 * as \`cheat\`; and the oracles as Playwright lines, by role and name, since BrowserGym's own ids are counted anew on every page.
 */
export const exportBrowserGym: SuiteExport = ({ suite, world, startOf }) => {
  const app = appOf(suite);
  const rows = suite.tasks.map((task) => ({
    id: plainId(task),
    goal: task.instruction,
    account: task.account,
    setup: task.setup.flatMap((action) => pythonAction(action)),
    oracle: task.oracle.flatMap((action) => pythonAction(action)),
    verifier: compileVerifier(task.verifier, { world, start: startOf(task) }),
  }));
  const files: ExportFile[] = [
    { path: 'backlot_tasks/__init__.py', text: moduleText(app) },
    { path: 'backlot_tasks/tasks.jsonl', text: jsonLines(rows) },
  ];
  return files;
};

const moduleText = (
  app: string,
): string => `"""Backlot tasks for BrowserGym: import this module, then gym.make("browsergym/backlot.${app}.ID").

BACKLOT_URL is where the clone is served (\`backlot serve CLONE --port 4000\`).
"""

import json
import os
from pathlib import Path

from browsergym.core.registration import register_task
from browsergym.core.task import AbstractBrowserTask

ROWS = [json.loads(line) for line in (Path(__file__).parent / "tasks.jsonl").read_text().splitlines() if line]


def play(page, lines, base):
    for line in lines:
        exec(line, {"page": page, "base": base})  # lines that this export wrote, never an agent's


class BacklotTask(AbstractBrowserTask):
    row = None

    @classmethod
    def get_task_id(cls):
        return f"backlot.${app}.{cls.row['id']}"

    def setup(self, page):
        self.base = os.environ["BACKLOT_URL"].rstrip("/")
        page.goto(f"{self.base}/")
        play(page, self.row["setup"], self.base)
        return self.row["goal"], {}

    def validate(self, page, chat_messages):
        said = page.evaluate("(" + self.row["verifier"] + ")(window.backlot.state())")
        return float(said["reward"]), said["reward"] == 1, "", {}

    def cheat(self, page, chat_messages):
        play(page, self.row["oracle"], self.base)

    def teardown(self):
        pass


for each in ROWS:
    cls = type(f"BacklotTask_{each['id'].replace('-', '_')}", (BacklotTask,), {"row": each})
    register_task(cls.get_task_id(), cls)
`;
