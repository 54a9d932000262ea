"""Why a file cannot become a document."""

from store.errors import ZhidaError


class UnreadableFile(ZhidaError):
    """A file that cannot become a document; ``str()`` is one line for a person."""

    code = "unreadable_file"
