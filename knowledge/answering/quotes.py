"""What a quotation needs around it: a list its lead, and a lead its list."""

import re

from knowledge.index.views import View

LISTED = 420
"""Characters up to which a quotation holds a list together with the words that lead to it."""

_LEADS = re.compile(r":\s*$")
_ITEM = re.compile(r"\s*\([一二三四五六七八九十百]+\)")


def whole_list(view: View, start: int, end: int) -> tuple[int, int]:
    """Return the span ``[start, end)`` of a unit's text with what it says nothing without.

    「有下列情形之一的：」 is followed by its items, as many as there is room for; an item is told
    with the words that lead to it.
    """
    inside = [at for at, (a, b) in enumerate(view.spans) if a < end and start < b]
    if not inside:
        return start, end
    first, last = inside[0], inside[-1]
    lead = first
    while lead > 0 and _ITEM.match(view.sentences[lead]):
        lead -= 1
    leads = lead < first and _LEADS.search(view.sentences[lead])
    if leads and end - view.spans[lead][0] <= LISTED:
        start, first = view.spans[lead][0], lead
    if _LEADS.search(view.sentences[last]):
        room = (b for _, b in view.spans[last + 1 :] if b - start <= LISTED)
        end = max((end, *room))
    return start, end
