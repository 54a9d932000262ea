"""One ``zhida up`` a var folder: two would end each other's processes and files."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.supervision.preflight import NotReady


@contextmanager
def held(path: Path, port: int) -> Iterator[None]:
    """Hold the lock at ``path`` as long as the block runs; the system frees it after a crash.

    ``port`` is told to whoever comes second. Raises NotReady, with the holder's process.
    """
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise NotReady(
                f"{path.parent.parent} 正由另一个 zhida up 使用（{file.read().strip()}），"
                "请先停掉它，或用 ZHIDA_VAR_DIR 换一个文件夹。"
            ) from error
        file.truncate(0)
        file.write(f"进程 {os.getpid()}，端口 {port}\n")
        file.flush()
        yield
