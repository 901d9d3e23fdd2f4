"""The command line: exit codes and messages that say what to do."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import cli
from api.settings import Settings
from api.store.releases import current
from tests.conftest import MIGRATIONS
from tests.releases import Made

run = CliRunner()


@pytest.fixture
def with_settings(small_seed_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """Settings with an own copy of a small seed and an empty data folder."""
    seed = shutil.copytree(small_seed_dir, tmp_path / "seed")
    settings = Settings(data_dir=tmp_path / "var", seed_dir=seed, migrations_dir=MIGRATIONS)
    monkeypatch.setattr(cli, "get_settings", lambda: settings)
    return settings


def test_check_names_file_key_and_remedy(with_settings: Settings) -> None:
    assert run.invoke(cli.main, ["check"]).exit_code == 0
    path = with_settings.seed_dir / "subtypes" / "amorphous.yaml"
    path.write_text(path.read_text().replace("scheme: lexicon", "scheme: lexicon\ncolour: white"))
    found = run.invoke(cli.main, ["check", "seed/subtypes/amorphous.yaml"])
    assert found.exit_code == 1
    assert "subtypes/amorphous.yaml: subtype.colour: Extra inputs are not permitted" in found.output


def test_build_refuses_bad_content(with_settings: Settings) -> None:
    (with_settings.seed_dir / "types" / "microcalcification.yaml").unlink()
    built = run.invoke(cli.main, ["build"])
    assert built.exit_code == 1
    assert "no concept is called 'microcalcification'" in built.output
    assert not list(with_settings.data_dir.glob("release-*"))


def test_build_export_diff(with_settings: Settings, made_releases: list[Made], tmp_path: Path) -> None:
    path = with_settings.seed_dir / "subtypes" / "amorphous.yaml"
    path.write_text(path.read_text().replace("plain_name: Powder-like specks", "plain_name: Specks like powder"))
    built = run.invoke(cli.main, ["build"])
    assert built.exit_code == 0, built.output
    assert run.invoke(cli.main, ["export", str(tmp_path / "out")]).exit_code == 0
    assert (tmp_path / "out" / "subtypes" / "amorphous.yaml").read_bytes() == path.read_bytes()
    assert run.invoke(cli.main, ["export", str(tmp_path / "out")]).exit_code == 1
    old, new = str(made_releases[0].file), str(current(with_settings.data_dir))
    shown = run.invoke(cli.main, ["diff", old, new, "--json"])
    change = json.loads(shown.stdout.splitlines()[0])
    assert (change["record"], change["field"], change["new"]) == ("concept amorphous", "plain_name", "Specks like powder")
    assert run.invoke(cli.main, ["diff", old, str(tmp_path / "nothing")]).exit_code == 1


def test_export_without_release_says_what_to_run(with_settings: Settings, tmp_path: Path) -> None:
    refused = run.invoke(cli.main, ["export", str(tmp_path / "out")])
    assert refused.exit_code == 1
    assert "calcification-api build" in refused.output


def test_openapi_is_printed() -> None:
    assert json.loads(run.invoke(cli.main, ["openapi"]).stdout)["openapi"].startswith("3.1")
