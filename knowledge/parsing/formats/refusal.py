"""Why a file cannot become a document."""


class UnreadableFile(Exception):
    """A file that cannot become a document; ``str()`` is one line for a person."""
