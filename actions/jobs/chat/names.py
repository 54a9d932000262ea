"""What postings bring to the reading of sentences: names of work, skills, parts of their city."""

from collections.abc import Mapping

from actions.dialogue.services import Services
from actions.jobs.service import Jobs
from language.names import NameIndex


def names(services: Services) -> Mapping[str, NameIndex[str]]:
    """Return the names that the postings bring; of a moment ago, where many come in."""
    return services.of(Jobs).names()
