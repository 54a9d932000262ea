"""Why a file cannot become a document."""

from typing import Self

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

    @classmethod
    def told(cls, code: str, sentence: str) -> Self:
        """Return the refusal that another process put into words."""
        refusal = cls.__new__(cls)
        refusal.code, refusal.sentence = code, sentence
        Exception.__init__(refusal, sentence)
        return refusal
