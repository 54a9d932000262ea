"""No message of a page and no timer goes round the guard."""

import ast
from pathlib import Path

from nicegui import core

from bot.console.guard import OF_THE_CONNECTION, guard_messages, is_guarded
from store.settings import ROOT

CONSOLE = ROOT / "bot" / "console"


def test_every_message_of_a_page_is_guarded_once() -> None:
    guard_messages()
    handlers = dict(core.sio.handlers["/"])
    guard_messages()
    assert core.sio.handlers["/"] == handlers, "safe to repeat"
    assert {"event", "handshake", "javascript_response"} <= set(handlers)
    for name, handler in handlers.items():
        assert is_guarded(handler) == (name not in OF_THE_CONNECTION), name


def test_pages_do_nothing_by_themselves_but_by_the_guard() -> None:
    assert [path.name for path in CONSOLE.rglob("*.py") if _has_timer(path)] == ["guard.py"]


def _has_timer(path: Path) -> bool:
    """Whether it names a timer, NiceGUI's background tasks or asyncio's."""
    ways = {"timer", "create_task", "background_tasks", "ensure_future"}
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    return any(isinstance(node, ast.Attribute) and node.attr in ways for node in tree)
