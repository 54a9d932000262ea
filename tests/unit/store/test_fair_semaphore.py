"""Taking turns: never more than allowed at once, nobody overtaken, nothing lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from store.fair_semaphore import FairSemaphore


def test_never_more_than_allowed_at_once() -> None:
    turns, inside, most = FairSemaphore(3), 0, 0
    mutex = threading.Lock()

    def work(_: int) -> None:
        nonlocal inside, most
        for _ in range(50):
            with turns.acquired():
                with mutex:
                    inside += 1
                    most = max(most, inside)
                with mutex:
                    inside -= 1

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(work, range(12)))
    assert inside == 0
    assert 1 <= most <= 3


def test_the_first_to_come_is_the_first_to_be_served() -> None:
    turns, order = FairSemaphore(1), []
    arrived = threading.Semaphore(0)
    leave = threading.Event()

    def first() -> None:
        with turns.acquired():
            arrived.release()
            leave.wait(30)

    def later(number: int) -> None:
        with turns.acquired():
            order.append(number)

    threads = [threading.Thread(target=first)]
    threads[0].start()
    arrived.acquire(timeout=30)
    for number in range(5):
        threads.append(threading.Thread(target=later, args=(number,)))
        threads[-1].start()
        while turns.waiting() <= number:  # until it stands in the queue
            threading.Event().wait(0.001)
    leave.set()
    for thread in threads:
        thread.join(30)
    assert order == [0, 1, 2, 3, 4]


def test_a_turn_is_passed_on_after_an_error() -> None:
    turns = FairSemaphore(1)
    with pytest.raises(ZeroDivisionError), turns.acquired():
        _ = 1 / 0
    with turns.acquired():
        assert turns.waiting() == 0
