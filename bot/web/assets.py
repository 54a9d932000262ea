"""Static files, addressed by what is in them so that browsers may keep them for ever."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "static"

_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    """One static file: its bytes and its media type."""

    body: bytes
    media_type: str


class Assets:
    """The files of a folder and those below it, read once, by names such as ``cards/job.js``.

    ``version`` changes when any of them does. Only what was found counts as a name: there is no
    way out of the folder.

    One version for all: scripts import each other by relative address, and all of them
    must come from the same release.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        self.files = {path.relative_to(folder).as_posix(): _read(path) for path in paths}
        digest = hashlib.sha256()
        for name, asset in self.files.items():
            digest.update(f"{name}\0{len(asset.body)}\0".encode() + asset.body)
        self.version = digest.hexdigest()[:12]

    def url(self, name: str) -> str:
        """Return the address of a file; KeyError when there is none of that name."""
        self.files[name]
        return f"/static/{self.version}/{name}"

    def get(self, name: str) -> Asset | None:
        """Return a file, or None."""
        return self.files.get(name)


def _read(path: Path) -> Asset:
    guess = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return Asset(path.read_bytes(), guess or "application/octet-stream")
