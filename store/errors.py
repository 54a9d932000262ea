"""The root of every error that a service raises on purpose."""


class ZhidaError(Exception):
    """What was asked for cannot be done; nothing was changed.

    ``code`` is stable: what a person reads is looked up from it, in the sentences of the place
    that shows it, and never from ``str()``. A class whose errors have several codes sets it on
    each. ``status`` is the HTTP status, for what is answered over HTTP.
    """

    code: str = "error"
    status: int | None = None
