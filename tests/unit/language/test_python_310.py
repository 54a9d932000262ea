"""What Rasa's side shares with ours loads there: Python 3.10, none of our packages."""

import subprocess
import sys
import tomllib

import pytest

from bot.training import rasa_python
from language import PYTHON_310_SAFE
from store.settings import ROOT

LOAD = """
import importlib, sys
before = set(sys.modules)
for name in sys.argv[1:]:
    importlib.import_module(name)
print("\\n".join(set(sys.modules) - before))
"""


@pytest.mark.skipif(not rasa_python().is_file(), reason="Rasa's environment is not installed")
def test_shared_modules_need_the_standard_library_numpy_and_each_other_only() -> None:
    done = subprocess.run(
        [str(rasa_python()), "-c", LOAD, *PYTHON_310_SAFE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert loaded >= {"language", *PYTHON_310_SAFE}
    ours = {name for name in loaded if name.split(".")[0] == "language"}
    assert ours == {"language", "language.encoder", *PYTHON_310_SAFE}
    others = {name.split(".")[0] for name in loaded - ours}
    others = {name for name in others if "cython" not in name}  # of numpy's own extensions
    assert others <= {*sys.stdlib_module_names, "numpy"}


def test_the_import_contract_lets_rasas_side_use_these_and_no_others() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (contract,) = (one for one in linter["contracts"] if one.get("source_modules") == ["nlu"])
    assert contract["ignore_imports"] == [f"nlu.** -> {module}" for module in PYTHON_310_SAFE]
