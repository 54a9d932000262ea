"""Naming what is loaded when it is first used: a feature's declaration stays light."""

from pkgutil import resolve_name
from typing import Any


class Deferred:
    """``package.module:name``, imported at the first call or ``load``.

    Whoever only lists the features (the command line, training) loads no service, no index
    and no page. A test loads every reference there is, so a name that is wrong is found there.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def load(self) -> Any:
        """Return what is named; ImportError or AttributeError where it does not exist."""
        return resolve_name(self.path)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Call what is named."""
        return self.load()(*args, **named)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Deferred) and other.path == self.path

    def __hash__(self) -> int:
        return hash(self.path)

    def __repr__(self) -> str:
        return f"Deferred({self.path!r})"
