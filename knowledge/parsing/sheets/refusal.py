"""Why a file of tables cannot be read at all."""

from typing import Self

from knowledge.parsing.sheets.sentences import REFUSED
from store.errors import ZhidaError


class UnreadableTable(ZhidaError):
    """A file with nothing to import; ``sentence`` says why, in one line for a clerk."""

    code = "unreadable_table"

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.sentence = REFUSED[code].format(**values)
        super().__init__(self.sentence)

    @classmethod
    def told(cls, code: str, sentence: str) -> Self:
        """Return a refusal that is in words already: another process's, or an importer's own."""
        refusal = cls.__new__(cls)
        refusal.code, refusal.sentence = code, sentence
        Exception.__init__(refusal, sentence)
        return refusal
