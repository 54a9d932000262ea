"""Files made to take all memory or all time: one clear line each, and whoever reads goes on."""

import asyncio
import json
import os
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from knowledge.parsing import child
from knowledge.parsing.reader import UnreadableFile
from knowledge.parsing.sandbox import FileReader
from knowledge.sentences import UNREADABLE_FILE
from store.settings import ROOT
from tests.support.bombs import BOMBS, docx

SECONDS = 10
MEGABYTES = 300
MOST = child.MAX_DATA_BYTES
READABLE = {"dates_without_end", "markdown_stars"}
"""Large, and yet a document where the machine is quick enough."""

LOOK_SECONDS = 0.02
KILOBYTES_TO_MEGABYTES = 2**10
NOTICE = (
    "关于做好失业保险工作的通知\n各区：\n一、各区要认真做好失业保险金申领工作，按时足额发放。\n"
)


class Memory:
    """The most memory in MB that a process took while it was looked at (Linux)."""

    def __init__(self, pid: int) -> None:
        self.peak = 0.0
        self._status = Path(f"/proc/{pid}/status")
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look)

    def __enter__(self) -> "Memory":
        self._looking.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            with suppress(OSError):
                found = re.search(r"^VmHWM:\s+(\d+) kB", self._status.read_text("ascii"), re.M)
                if found:
                    self.peak = max(self.peak, int(found[1]) / KILOBYTES_TO_MEGABYTES)


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader() as reader:
        yield reader


def written(folder: Path, name: str) -> Path:
    suffix, make = BOMBS[name]
    path = folder / f"{name}{suffix}"
    path.write_bytes(make())
    return path


def refusal(reader: FileReader, path: Path) -> UnreadableFile | None:
    try:
        reader.read(path)
    except UnreadableFile as reason:
        return reason
    return None


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_one_clear_line(name: str, tmp_path: Path, reader: FileReader) -> None:
    path = written(tmp_path, name)
    with Memory(reader.started().pid) as memory:
        began = time.monotonic()
        reason = refusal(reader, path)
        seconds = time.monotonic() - began
    if reason is None:
        assert name in READABLE
    else:
        # Known for what it is, and no fault of ours.
        assert reason.code in UNREADABLE_FILE.keys() - {"not_read"}
        assert "\n" not in reason.sentence
    assert seconds < SECONDS
    assert memory.peak < MEGABYTES
    reader.close()


def test_a_large_file_of_guides_is_no_bomb(tmp_path: Path, reader: FileReader) -> None:
    """Each line is a document of its own; a file of another kind gets no more for its size."""
    path, size = tmp_path / "guides.jsonl", 20 * 2**20
    record = {"DEPT_NAME": "广东省人力资源和社会保障厅", "handle_location": "综合窗口。" * 200}
    line = json.dumps(record | {"TASK_NAME": "办理第 {} 号事项"}, ensure_ascii=False)
    lines = size // len(line.encode())
    with path.open("w", encoding="utf-8") as file:
        file.writelines(line.replace("{}", str(number)) + "\n" for number in range(lines))
    assert len(reader.read(path).documents) == lines
    assert child.data_for(path) > child.data_for(path.with_suffix(".txt")) == child.MAX_DATA_BYTES


def test_after_a_bomb_the_next_file_is_read(tmp_path: Path, reader: FileReader) -> None:
    good = tmp_path / "notice.txt"
    good.write_text(NOTICE, "utf-8")
    (before,) = reader.read(good).documents
    with pytest.raises(UnreadableFile):
        reader.read(written(tmp_path, "wide_span"))
    assert reader.read(good).documents == (before,)


async def test_who_waits_for_a_file_goes_on_serving(tmp_path: Path) -> None:
    path = written(tmp_path, "forms_in_forms")
    with FileReader(seconds=2) as reader:
        waiting = asyncio.create_task(asyncio.to_thread(reader.read, path))
        longest = 0.0
        while not waiting.done():
            began = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - began)
        with pytest.raises(UnreadableFile):
            await waiting
    assert longest < 1


def test_a_child_that_is_killed_is_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "never.txt"
    os.mkfifo(path)  # opening it waits for a writer who does not come
    with FileReader(seconds=1) as reader, pytest.raises(UnreadableFile) as caught:
        reader.read(path)
    assert caught.value.code == "too_slow"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all the limits")
@pytest.mark.parametrize(
    "work",
    ["bytearray(600 * 2**20)", "open('x', 'wb', 0).write(b'x')", "open('/dev/null').read()"],
)
def test_the_child_is_bounded(work: str, tmp_path: Path) -> None:
    code = f"import os; from knowledge.parsing import child; os.chdir({str(tmp_path)!r})"
    code = f"{code}; child.bound({MOST}, None); {work}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=ROOT)
    assert (done.returncode == 0) == ("null" in work)


def test_a_system_without_limits_reads_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As macOS has some of them only in name."""

    def refuses(*_limit: object) -> None:
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuses)
    child.bound(MOST, None)
    path = tmp_path / "notice.docx"
    child._allow(path)
    path.write_bytes(docx("".join(f"<w:p><w:r><w:t>{x}</w:t></w:r></w:p>" for x in NOTICE.split())))
    assert child.read(path).documents[0].metadata.title == "关于做好失业保险工作的通知"
