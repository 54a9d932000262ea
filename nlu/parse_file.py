"""Parse many sentences with one trained model, in one process.

Runs in Rasa's environment: ``python -m nlu.parse_file MODEL FILE``. FILE is JSON Lines with
a ``text`` each; standard output gets one line for each, in order:
``{"intent", "confidence", "accepted", "ranking": [{"intent", "confidence"} ×3], "entities"}``.
``intent`` is the likeliest real one, also where the fallback classifier would not accept it.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

FALLBACK = "nlu_fallback"
_RANKED = 3


def reading(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return one line of the output from what Rasa's agent made of one sentence."""
    ranking = [
        {"intent": entry["name"], "confidence": entry["confidence"]}
        for entry in parsed["intent_ranking"]
        if entry["name"] != FALLBACK
    ]
    entities = [
        {key: entity[key] for key in ("entity", "value", "start", "end")}
        for entity in parsed["entities"]
    ]
    return {
        **ranking[0],
        "accepted": parsed["intent"]["name"] != FALLBACK,
        "ranking": ranking[:_RANKED],
        "entities": entities,
    }


async def parse(model: Path, file: Path) -> None:
    """Print the reading of every line of ``file``."""
    agent = Agent.load(str(model))
    for line in file.read_text("utf-8").splitlines():
        parsed = await agent.parse_message(json.loads(line)["text"])
        print(json.dumps(reading(parsed), ensure_ascii=False))


if __name__ == "__main__":
    asyncio.run(parse(Path(sys.argv[1]), Path(sys.argv[2])))
