"""Places as the job search reads them: a seeker who says 朝阳区 means the biggest of that name."""

from language.places import Place
from language.places import find_places as places_of


def find_places(text: str) -> list[Place]:
    """Return the places named in ``text``, of a name that several bear the likeliest."""
    return places_of(text, likeliest=True)
