"""The command line: calcification-api. Each command is one call into a room below, with messages for people."""

from pathlib import Path
from typing import Annotated

import typer

from api.seeding.check import check as check_seed
from api.seeding.check import write_canonical

main = typer.Typer(no_args_is_help=True, add_completion=False)


@main.callback()
def calcification_api() -> None:
    """Sourced knowledge about breast calcifications: check, build and serve."""


@main.command()
def check(
    files: Annotated[list[str] | None, typer.Argument(help="Only show findings whose file starts with one of these.")] = None,
    seed: Annotated[Path, typer.Option(help="The seed folder.")] = Path("seed"),
    write: Annotated[bool, typer.Option("--write", help="Rewrite files into canonical form first.")] = False,
) -> None:
    """Check the content; exit with 1 when anything must be mended."""
    wanted = tuple(name.removeprefix("seed/") for name in files or ("",))
    if write:
        for name in write_canonical(seed, wanted):
            typer.echo(f"rewritten {name}")
    findings = [finding for finding in check_seed(seed) if finding.file.startswith(wanted)]
    for finding in findings:
        typer.echo(f"{finding.file}: {finding.key}: {finding.remedy}")
    typer.echo(f"{len(findings)} findings")
    raise typer.Exit(1 if findings else 0)
