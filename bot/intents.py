"""The intents that Rasa's domain declares."""

from functools import cache

import yaml

from store.settings import ROOT

DOMAIN = ROOT / "nlu" / "domain"


@cache
def known_intents() -> frozenset[str]:
    """Return the names of all intents in ``nlu/domain``."""
    names: set[str] = set()
    for path in sorted(DOMAIN.glob("*.yml")):
        part = yaml.safe_load(path.read_text("utf-8"))
        # An intent is a name, or a mapping from its name to its options.
        names.update(
            entry if isinstance(entry, str) else next(iter(entry))
            for entry in part.get("intents", ())
        )
    return frozenset(names)
