"""The health pages of our processes, as ``zhida up`` reads them."""

import httpx

from store.settings import Settings


class HealthPages:
    """Asks each process over HTTP; a context manager, closed with its connections."""

    def __init__(self, settings: Settings, *, seconds: float) -> None:
        host = settings.host
        if host in ("0.0.0.0", "::"):  # noqa: S104  asked there, not bound there
            host = "127.0.0.1"
        rasa = f"http://127.0.0.1:{settings.rasa_port}/webhooks/zhida/"
        actions = f"http://127.0.0.1:{settings.actions_port}/health"
        bot = (
            f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"
        )
        self._ready = {"rasa": rasa, "actions": actions, "bot": f"{bot}/readyz"}
        self._alive = {**self._ready, "bot": f"{bot}/healthz"}
        self._http = httpx.Client(timeout=seconds, trust_env=False)

    def __enter__(self) -> "HealthPages":
        return self

    def __exit__(self, *_error: object) -> None:
        self._http.close()

    def is_ready(self, name: str) -> bool:
        """Whether the process can do its work."""
        return self._status(self._ready[name]) == httpx.codes.OK

    def answers(self, name: str) -> bool:
        """Whether the process gives any answer, be it that it is not ready."""
        return self._status(self._alive[name]) is not None

    def _status(self, url: str) -> int | None:
        try:
            return self._http.get(url).status_code
        except httpx.TransportError:
            return None
