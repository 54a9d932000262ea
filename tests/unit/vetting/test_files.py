"""Ads out of files of each kind, and the measurement on labelled ones."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from actions.dialogue.feature import MeasurementFailed
from actions.vetting.files import read_ads
from actions.vetting.measurement import run
from knowledge.parsing.formats.refusal import UnreadableFile
from store.settings import Settings

TABLE = "岗位名称,企业名称,工作地点,薪资,岗位职责,任职要求\n店员,某店,武汉,5000元/月,接待,限女性\n"


def sheet(table: list[list[str]]) -> bytes:
    """Return a workbook of one sheet."""
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = "".join(f"<row>{''.join(cell.format(each) for each in row)}</row>" for row in table)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        )
    return out.getvalue()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_tables(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"ads{suffix}"
    cells = [line.split(",") for line in ("某区招聘会", *TABLE.split("\n")) if line]
    file.write_bytes(TABLE.encode("gb18030") if suffix == ".csv" else sheet(cells))
    ((place, ad),) = read_ads(file)
    assert place == ("第 2 行" if suffix == ".csv" else "第 3 行")
    assert (ad.title, ad.city, ad.salary, ad.text) == ("店员", "武汉", "5000元/月", "接待\n限女性")


def test_texts_and_lines(tmp_path: Path) -> None:
    text = tmp_path / "ads.txt"
    text.write_text("招店员\n限女性\n\n招电工\n", "utf-8")
    assert [ad.text for _, ad in read_ads(text)] == ["招店员\n限女性", "招电工"]
    lines = tmp_path / "ads.jsonl"
    lines.write_text('{"text": "招店员", "city": null}\n{broken', "utf-8")
    with pytest.raises(UnreadableFile):
        list(read_ads(lines))


def test_measured(tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    ads = [
        {
            "id": "1",
            "text": "武汉招店员，限女性，月薪5000元。",
            "expect": "reject",
            "categories": ["gender"],
            "spans": ["限女性"],
        },
        {
            "id": "2",
            "text": "武汉招店员，男女不限，月薪5000元。",
            "expect": "pass",
            "categories": [],
            "spans": [],
        },
        {
            "id": "3",
            "text": "武汉招店员，形象好，月薪5000元。",
            "expect": "pass",
            "categories": [],
            "spans": [],
        },
    ]
    file.write_text("\n".join(map(json.dumps, ads)), "utf-8")
    settings = Settings(_env_file=None, var_dir=tmp_path)
    figures = run(settings, lambda _: None, file)
    assert figures["n"] == 3
    assert figures["decision_accuracy"] == pytest.approx(2 / 3, abs=0.001)
    assert (figures["reject_precision"], figures["reject_recall"]) == (0.5, 1.0)
    assert figures["span_overlap"] == 1.0
    assert [error["id"] for error in figures["errors"]] == ["3"]
    assert not (tmp_path / "zhida.db").exists()
    file.write_text('{"text": "x"}', "utf-8")
    with pytest.raises(MeasurementFailed):
        run(settings, lambda _: None, file)
