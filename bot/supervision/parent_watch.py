"""Run a command that ends when its parent does.

``python -m bot.supervision.parent_watch SIG CMD…``

On Linux the kernel sends the signal (PR_SET_PDEATHSIG, prctl(2)), whatever killed the
parent; elsewhere the command runs untethered.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Tie the life of this process to its parent's, then become the command."""
    parent = os.getppid()
    number = signal.Signals[sys.argv[1]]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it died before the line above
            sys.exit(1)
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606  the command is our own


if __name__ == "__main__":
    main()
