"""``python -m actions.server``: the action server on loopback, ready once it listens."""

import sys
import warnings

from actions.dialogue.dialogue import Dialogue
from actions.dialogue.services import Services
from actions.features import FEATURES
from actions.server.app import build_app, serve
from actions.server.logs import log_to_stderr
from store.clock import utc_now
from store.database import Database
from store.modes import keep_private
from store.settings import get_settings


def main() -> int:
    """Warm everything, then listen: a health page that answers means ready."""
    keep_private()
    settings = get_settings()
    log_to_stderr(settings.log_level)
    # Rasa 3.6 with rasa-sdk 3.21 is meant: the tests run both together.
    warnings.filterwarnings("ignore", message=".*rasa.*compatible", module="rasa_sdk")
    database = Database(settings.database)
    services = Services(database, settings, FEATURES)
    for feature in FEATURES:
        if feature.warm is not None:
            feature.warm(services, utc_now())
    try:
        app = build_app(Dialogue(FEATURES, services), settings.actions_token())
        serve(app, settings.actions_port)
    finally:
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
