"""Small matrices on one thread: more of them only fight for the cores, up to ten times slower."""

from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from threadpoolctl import ThreadpoolController

P = ParamSpec("P")
T = TypeVar("T")


@cache
def _controller() -> ThreadpoolController:
    # Looks through all loaded libraries, hence once.
    return ThreadpoolController()


def on_one_thread(work: Callable[P, T]) -> Callable[P, T]:
    """Run ``work`` with linear algebra on one thread."""

    @wraps(work)
    def alone(*args: P.args, **kwargs: P.kwargs) -> T:
        with _controller().limit(limits=1, user_api="blas"):
            return work(*args, **kwargs)

    return alone
