"""An index is read by the code that made it: any change to that code is a change of the format."""

import ast
import shutil
from pathlib import Path

from api.store.index_format import index_format, mark_of
from tests.conftest import ROOT

ROOMS = ("annotation", "derived", "evidence", "grounding", "knowledge", "search", "verification", "vocabulary", "store.")
ELSEWHERE = {"api.errors", "api.keeping", "api.recent"}  # no entry depends on what these do


def test_format_is_that_of_the_sources() -> None:
    assert index_format() == mark_of(ROOT / "api")


def test_every_change_is_noticed(tmp_path: Path) -> None:
    package = tmp_path / "api"
    shutil.copytree(ROOT / "api", package, ignore=shutil.ignore_patterns("__pycache__"))
    assert mark_of(package) == index_format()
    source = package / "search" / "bm25.py"
    source.write_bytes(source.read_bytes().replace(b"\n", b"\r\n"))
    assert mark_of(package) == index_format()
    source.write_text(source.read_text(encoding="utf-8").replace("\nLENGTH = 0.6", "\nLENGTH = 0.7"), encoding="utf-8")
    assert mark_of(package) != index_format()


def test_whatever_takes_part_in_making_the_index_counts() -> None:
    met = {"api.derived"}
    waiting = ["api.derived"]
    while waiting:
        for name in imports(waiting.pop()) - met:
            met.add(name)
            waiting.append(name)
    outside = {name for name in met if not name.startswith(tuple(f"api.{room}" for room in ROOMS))} - ELSEWHERE
    assert not outside


def imports(module: str) -> set[str]:
    source = (ROOT / Path(*module.split("."))).with_suffix(".py")
    tree = ast.parse(source.read_text(encoding="utf-8"))
    found = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {name for name in found if name.startswith("api.") and (ROOT / Path(*name.split("."))).with_suffix(".py").exists()}
