"""What policy answers do before anybody asks."""

from datetime import datetime

from actions.dialogue.services import Services
from knowledge.answering.answerer import PolicyAnswerer


def warm(services: Services, now: datetime) -> None:
    """Load encoder and index."""
    del now
    services.of(PolicyAnswerer).warm(soon=True)
