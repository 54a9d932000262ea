"""Why a file cannot become a document."""

from knowledge.sentences import UNREADABLE_FILE
from store.errors import ZhidaError


class UnreadableFile(ZhidaError):
    """A file that cannot become a document; ``sentence`` says why, in one line for a person.

    ``code`` is stable; ``sentences.UNREADABLE_FILE`` has its sentence, which ``values`` fill.
    """

    code = "unreadable_file"

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.sentence = UNREADABLE_FILE[code].format(**values)
        super().__init__(self.sentence)
