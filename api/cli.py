"""The command line: calcification-api. Each command is one call into a room below, with messages for people.

What a command needs is imported by that command, so that serving starts without what only building needs.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from api.errors import ContentInvalid, Finding, KnowledgeError
from api.keeping import kept_for_good
from api.seeding.fingerprint import fingerprint, is_built, remember
from api.settings import Settings, get_settings
from api.store.releases import current

main = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@main.callback()
def calcification_api() -> None:
    """Sourced knowledge about breast calcifications: check, build and serve."""


@main.command()
def check(
    files: Annotated[list[str] | None, typer.Argument(help="Only show findings whose file starts with one of these.")] = None,
    seed: Annotated[Path | None, typer.Option(help="The seed folder.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Rewrite files into canonical form first.")] = False,
) -> None:
    """Check the content; exit with 1 when anything must be mended."""
    from api.seeding.check import check as check_seed
    from api.seeding.check import write_canonical

    folder = seed or get_settings().seed_dir
    wanted = tuple(name.removeprefix("seed/") for name in files or ("",))
    if write:
        for name in write_canonical(folder, wanted):
            typer.echo(f"rewritten {name}")
    findings = [finding for finding in check_seed(folder) if finding.file.startswith(wanted)]
    _show(findings)
    typer.echo(f"{len(findings)} findings")
    raise typer.Exit(1 if findings else 0)


@main.command()
def build() -> None:
    """Check the content and build it into a release, or into the database CALC_DATABASE_URL names."""
    settings = get_settings()
    try:
        typer.echo(_build(settings))
    except KnowledgeError as error:
        _give_up(error)


@main.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = None,
) -> None:
    """Build the content when it changed since the last build, then serve it."""
    settings = get_settings()
    _build_if_changed(settings)
    settings = settings.model_copy(update={"host": host or settings.host, "port": settings.port if port is None else port})
    from api.web.server import run, run_workers

    where = f"http://{settings.host}:{settings.port or '(a free port)'}"
    typer.echo(f"Serving on {where}, description at /docs. Stop with Ctrl-C.", err=True)
    if settings.workers > 1:
        run_workers("api.main:app", settings)
        return
    with kept_for_good(leaves_garbage=False):
        from api.app import create_app
        from api.logs import configure

        configure(settings.log_level)
        app = create_app(settings)
    run(app, settings)


@main.command()
def mcp() -> None:
    """Serve chatbots over standard input and output (MCP); builds the content first when it changed."""
    from api.logs import configure
    from api.mcp.stdio import serve_stdio
    from api.web.serving import Serving

    settings = get_settings()
    configure(settings.log_level)

    _build_if_changed(settings)
    try:
        serving = Serving(settings)
        serving.store()
    except KnowledgeError as error:
        _give_up(error)
    serve_stdio(settings, serving)


@main.command()
def export(folder: Annotated[Path, typer.Argument(help="Empty or new folder to write the seed into.")]) -> None:
    """Write the current release back as seed files, byte for byte as they were built."""
    from api.seeding.export import export as export_seed

    settings = get_settings()
    try:
        written = export_seed(current(settings.data_dir), folder)
    except KnowledgeError as error:
        _give_up(error)
    typer.echo(f"{written} files written to {folder}")


@main.command()
def diff(
    old: Annotated[Path, typer.Argument(help="A built release file or a seed folder.")],
    new: Annotated[Path, typer.Argument(help="A built release file or a seed folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show what changed between two builds: added, changed and removed records, with the fields that differ."""
    from api.seeding.diff import as_data, as_line
    from api.seeding.diff import diff as diff_builds

    try:
        changes = diff_builds(old, new)
    except KnowledgeError as error:
        _give_up(error)
    for change in changes:
        typer.echo(json.dumps(as_data(change), ensure_ascii=False) if as_json else as_line(change))
    typer.echo(f"{len(changes)} changes", err=as_json)


@main.command()
def release(
    version: Annotated[str, typer.Argument(help="Calendar version of the new release, such as 2026.12.0.")],
    published_on: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Day of publication.")],
    published: Annotated[
        Path | None, typer.Option("--from", help="The last published release file or seed folder; else the current release.")
    ] = None,
) -> None:
    """Close the published release: record it and its changes under history, and give the seed the new version."""
    from api.seeding.history import close

    settings = get_settings()
    try:
        last = published or current(settings.data_dir)
        past = close(last, settings.seed_dir, settings.migrations_dir, version, published_on.date())
    except KnowledgeError as error:
        _give_up(error)
    typer.echo(f"{past.version} closed with {len(past.changes)} changes; the seed is now {version}. Commit it, then build.")


@main.command()
def rollback(
    version: Annotated[str | None, typer.Argument(help="Version, or version and digest; else the release built before.")] = None,
) -> None:
    """Serve an older release file again; running servers move to it by themselves. Building moves forward again."""
    from api.store.releases import rollback as point_back

    settings = get_settings()
    try:
        path = point_back(settings.data_dir, version)
    except KnowledgeError as error:
        _give_up(error)
    typer.echo(os.fspath(path))


@main.command()
def openapi() -> None:
    """Print the OpenAPI description."""
    from api.app import create_app

    typer.echo(json.dumps(create_app(get_settings()).openapi(), indent=2, ensure_ascii=False))


def _build_if_changed(settings: Settings) -> None:
    """Build in a process of its own, so that a server does not keep in memory what only building needs."""
    if settings.database_url or is_built(settings.seed_dir, settings.migrations_dir, settings.data_dir):
        return
    command = [sys.executable, "-P", "-c", "from api.cli import main; main()", "build"]
    built = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603  # our own command, no input
    if built.returncode:
        typer.echo(built.stdout, err=True)
        raise typer.Exit(built.returncode)
    typer.echo(f"Built {built.stdout.strip()}", err=True)


def _build(settings: Settings) -> str:
    from rich.console import Console

    from api.derived import derived
    from api.rest.v1.bulk import make_copies
    from api.seeding.build import build as build_release
    from api.seeding.build import build_into

    people = Console(stderr=True, highlight=False, soft_wrap=True)
    with people.status("Building") as status:

        def progress(step: str) -> None:
            status.update(step)
            if not people.is_terminal:
                people.print(step)

        if settings.database_url:
            release = build_into(settings.seed_dir, settings.migrations_dir, settings.database_url, progress, derived)
            return f"release {release.id} ({release.digest[:12]}) in the database"
        made_from = fingerprint(settings.seed_dir, settings.migrations_dir)

        def finish(draft: Path) -> None:
            progress("Writing the exports")
            make_copies(draft, settings.data_dir)

        path = build_release(settings.seed_dir, settings.migrations_dir, settings.data_dir, progress, finish, derived)
        with suppress(OSError):  # the release stands; only the next start will build once more
            remember(settings.data_dir, made_from)
        return os.fspath(path)


def _show(findings: list[Finding]) -> None:
    for finding in findings:
        typer.echo(f"{finding.file}: {finding.key}: {finding.remedy}")


def _give_up(error: KnowledgeError) -> NoReturn:
    if isinstance(error, ContentInvalid):
        _show(list(error.findings))
    typer.echo(f"{error.detail} {error.hint or ''}".strip(), err=True)
    raise typer.Exit(1)
