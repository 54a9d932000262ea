"""Why there is no backup, or no way back from one."""

from store.errors import ZhidaError


class BackupRefused(ZhidaError):
    """A backup cannot be written or used; what was there is as it was.

    ``code`` is stable and ``about`` names the table, file or schema it is about, if any.
    """

    code = "backup_refused"

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code, about)
        self.code = code
        self.about = about
