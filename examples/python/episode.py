"""Plays one episode: an agent of a few lines, to be replaced by yours.

    npx backlot runner --suite out/suite.json --port 8000
    python3 examples/python/episode.py http://127.0.0.1:8000 --seed 1
"""

from __future__ import annotations

import argparse
import re
from typing import Any, Iterator

from backlot_client import Episode


def agent(goal: str, page: str) -> Iterator[dict[str, Any]]:
    """Writes what the task quotes last into the first text field of the page, and presses Enter."""
    quoted = re.findall("“([^”]*)”", goal)
    field = re.search(r"textbox.*\[ref=(\w+)\]", page)
    if quoted and field:
        yield {"kind": "fill", "ref": field[1], "value": quoted[-1]}
        yield {"kind": "press", "ref": field[1], "value": "Enter"}
    yield {"kind": "done"}


def main() -> None:
    parser = argparse.ArgumentParser(description="Plays one episode of Backlot's episode service.")
    parser.add_argument("url", help="what `backlot runner` printed")
    parser.add_argument("--seed", type=int, help="draws the task")
    parser.add_argument("--task", help="id of the task")
    parser.add_argument("--token", help="what the service was started with in BACKLOT_TOKEN")
    options = parser.parse_args()
    choice = {name: value for name in ("seed", "task") if (value := getattr(options, name)) is not None}
    with Episode(options.url, options.token) as episode:
        seen = episode.reset(**choice)
        print(seen["observation"]["goal"])
        for action in agent(seen["observation"]["goal"], seen["observation"]["text"]):
            seen = episode.step(**action)
            print(action, "→ reward", seen["reward"])
            if seen["done"]:
                break
        print("score", seen["metadata"].get("score"))


if __name__ == "__main__":
    main()
