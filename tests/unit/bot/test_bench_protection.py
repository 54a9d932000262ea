"""The steps of a turn that protect are timed one by one."""

from pathlib import Path

from bench.protection import SENTENCES, steps, table
from store.settings import Settings


def test_every_step_is_timed_and_told(tmp_path: Path) -> None:
    found = steps(Settings(_env_file=None, var_dir=tmp_path), rounds=1)
    assert found["n"] == len(SENTENCES)
    assert set(found["each_ms"]) == {"limits", "values", "numbers", "masks"}
    assert 0 < found["turn_p50_ms"] <= found["turn_most_ms"]
    guessing = {"clients": 16, "guesses_per_second": 9.5, "quiet_p50": 40.0}
    guessing |= {"guessed_p50": 44.0, "ratio": 1.1}
    told = table({"guessing": guessing, "steps": found})
    assert "1.1 倍" in told
    assert str(found["turn_p50_ms"]) in told
