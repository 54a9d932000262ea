"""Parse many sentences with one trained model, in one process.

Runs in Rasa's environment: ``python -m nlu.parse_file MODEL FILE RESULT``. FILE is JSON Lines
with a ``text`` each; RESULT (a file, since Rasa logs to standard output) gets a line each:
``{"intent", "confidence", "accepted", "ranking": [{"intent", "confidence"} ×3], "entities",
"danger"}``.
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
        "danger": parsed.get("danger"),  # Rasa leaves out what is None
    }


async def parse(model: str, texts: list[str]) -> list[dict[str, Any]]:
    """Return the reading of each text, in order."""
    agent = Agent.load(model)
    return [reading(await agent.parse_message(text)) for text in texts]


def main(model: str, file: Path, result: Path) -> None:
    """Read the sentences of ``file``, write their readings to ``result``."""
    lines = [line for line in file.read_text("utf-8").split("\n") if line.strip()]
    readings = asyncio.run(parse(model, [json.loads(line)["text"] for line in lines]))
    written = [json.dumps(entry, ensure_ascii=False) + "\n" for entry in readings]
    result.write_text("".join(written), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
