"""The pictures are drawn without a missing glyph: warnings are errors here."""

from pathlib import Path

import pytest

from actions.appointments.simulation import picture
from actions.appointments.simulation.runner import Result, simulate
from actions.appointments.simulation.scenarios import load

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def result() -> Result:
    return simulate(load("small"), runs=1, seed=1, curve=True)


@pytest.mark.parametrize("fonts", [picture.FONTS, ()])
def test_pictures_are_drawn_with_and_without_chinese_fonts(
    fonts: tuple[str, ...], result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "FONTS", fonts)
    monkeypatch.setattr(picture, "DPI", 40)
    for draw in (picture.draw_day, picture.draw_trade):
        file = tmp_path / f"{draw.__name__}.png"
        draw(result, file)
        assert file.read_bytes().startswith(PNG)
