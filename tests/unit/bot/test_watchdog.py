"""What hangs is told from what is starting, busy, or was asked by a watchdog that slept."""

from bot.supervision.watchdog import Watchdog


class World:
    """A clock that moves by hand, and processes that answer or not."""

    def __init__(self) -> None:
        self.now = 0.0
        self.silent: set[str] = set()
        self.watchdog = Watchdog(
            lambda name: name not in self.silent,
            seconds=25.0,
            start_seconds=120.0,
            clock=lambda: self.now,
        )

    def after(self, seconds: float, *, pid: int = 1) -> list[str]:
        """Let time go by and ask once; return who is to be ended."""
        self.now += seconds
        return [name for name, _ in self.watchdog.hanging({"rasa": pid, "bot": 7})]


def test_who_answers_lives() -> None:
    world = World()
    assert [world.after(10) for _ in range(20)] == [[]] * 20


def test_who_was_heard_and_is_silent_for_too_long_hangs() -> None:
    world = World()
    world.after(0)
    world.silent = {"rasa"}
    assert [world.after(6) for _ in range(5)] == [[], [], [], [], ["rasa"]]


def test_a_late_answer_is_one() -> None:
    world = World()
    world.after(0)
    for _ in range(10):
        world.silent = {"rasa"}
        assert [world.after(6) for _ in range(3)] == [[]] * 3
        world.silent = set()
        assert world.after(6) == []


def test_who_still_starts_has_longer() -> None:
    world = World()
    world.silent = {"rasa"}
    assert [world.after(10) for _ in range(12)] == [[]] * 12
    assert world.after(10) == ["rasa"]


def test_one_started_anew_is_starting_again() -> None:
    world = World()
    world.after(0)
    world.silent = {"rasa"}
    assert [world.after(6) for _ in range(5)][-1] == ["rasa"]
    assert [world.after(6, pid=2) for _ in range(10)] == [[]] * 10


def test_a_pause_of_our_own_proves_nothing() -> None:
    world = World()
    world.after(0)
    world.silent = {"rasa"}
    assert world.after(3600) == []
