"""The walk through adding a feature, as what it makes: files in full, and edits of others."""

import re
from dataclasses import dataclass
from pathlib import Path

from store.settings import ROOT

PAGES = (
    ROOT / "docs/adding-a-feature.md",
    ROOT / "docs/adding-a-feature-beyond-the-chat.md",
)
LISTS = {
    "actions/features.py",
    "bot/console/features.py",
    "bot/console/permissions.py",
    "bot/web/features.py",
    "bot/web/static/cards.js",
}
"""What a feature may edit of others': each is a list."""

MIGRATIONS = "store/migrations/versions"

_BLOCK = re.compile(r'^```(\w+) title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_EXAMPLE = "    - "


@dataclass(frozen=True)
class Block:
    """A file in full, or an edit (``diff``) of the file at ``path``."""

    language: str
    path: str
    text: str

    @property
    def is_edit(self) -> bool:
        """Whether it edits a file."""
        return self.language == "diff"

    @property
    def content(self) -> str:
        """The file as it is written: training sentences that are joined stand in lines."""
        if self.language != "yaml":
            return self.text
        return re.sub(
            rf"^{_EXAMPLE}.+$",
            lambda line: line[0].replace(" / ", f"\n{_EXAMPLE}"),
            self.text,
            flags=re.MULTILINE,
        )

    @property
    def hunks(self) -> list[tuple[str, str]]:
        """What is replaced, and by what."""
        return [_hunk(lines) for lines in self.text.split("@@\n")]


def _hunk(lines: str) -> tuple[str, str]:
    old = "".join(line[1:] for line in lines.splitlines(keepends=True) if line[0] != "+")
    new = "".join(line[1:] for line in lines.splitlines(keepends=True) if line[0] != "-")
    return old, new


def blocks() -> list[Block]:
    """Return what the pages make, in their order; the migration as the next of the chain."""
    text = "".join(page.read_text("utf-8") for page in PAGES)
    newest = max(path.name[:4] for path in (ROOT / MIGRATIONS).glob("[0-9]*.py"))
    # The later one first: what stands for the newest may be written like it.
    for written, meant in (("0011", f"{int(newest) + 1:04}"), ("0010", newest)):
        text = text.replace(f'"{written}"', f'"{meant}"')
        text = text.replace(f"{MIGRATIONS}/{written}_", f"{MIGRATIONS}/{meant}_")
    return [Block(*found) for found in _BLOCK.findall(text)]


def follow(root: Path) -> set[str]:
    """Do what the pages say in the checkout at ``root``; return which of its files were edited.

    AssertionError where a new file is there already, or what an edit replaces is not there once.
    """
    made: set[str] = set()
    edited: set[str] = set()
    for block in blocks():
        path = root / block.path
        if block.is_edit:
            path.write_text(_edited(path.read_text("utf-8"), block), "utf-8")
            edited.add(block.path)
            continue
        assert not path.exists(), f"{block.path} is not new"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.content, "utf-8")
        made.add(block.path)
        if path.suffix == ".py" and path.parent.name == "lost_and_found":
            (path.parent / "__init__.py").touch()
    return edited - made


def _edited(text: str, block: Block) -> str:
    for old, new in block.hunks:
        assert text.count(old) == 1, f"{block.path} has not this once:\n{old}"
        text = text.replace(old, new)
    return text
