"""`cleanpark serve`: the page in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from cleanpark.analysis.words.language import Language as SpokenLanguage
from cleanpark.analysis.words.language import languages
from cleanpark.commands.console import language as spoken
from cleanpark.commands.console import note, say, tell
from cleanpark.commands.options import Language
from cleanpark.commands.shell import refuse
from cleanpark.page import limits
from cleanpark.page.serve import Door, missing
from cleanpark.page.serve import serve as run_server
from cleanpark.page.wording import told_error
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import user_path


def serve(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; this machine alone by default.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8080,
    token: Annotated[
        str | None,
        typer.Option("--token", help="Word that visitors need; made up where others can come."),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="Host name under which it is reached; may be repeated."),
    ] = None,
    results: Annotated[
        str | None,
        typer.Option("--results", help="Folder of results: shown in Studies, new ones kept there."),
    ] = None,
    sessions: Annotated[
        int, typer.Option("--sessions", help="Pages that may be open at once.")
    ] = limits.SESSIONS,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
    language: Language = None,
) -> None:
    """Open the page in a browser: compare policies without code.

    Needs the extra `page`: pip install 'cleanpark[page]'.
    """
    if missing():
        raise refuse(say("The page needs NiceGUI: pip install 'cleanpark[page]'"))
    door = Door(host, port, tuple(name or ()), token, sessions).with_token()
    try:
        root = None if results is None else user_path(results)
        if root is not None and not root.is_dir():
            raise InputError("--results {folder}: is no folder", folder=root)
        door.check()
        for code in languages():  # each must be there before somebody asks for it
            SpokenLanguage(code)
    except InputError as problem:
        raise refuse(told_error(problem, spoken())) from problem
    if door.open_to_others:
        note(
            say(
                "Warning: other machines can reach this server, over a connection that is not "
                "encrypted. Only those with the token come in."
            )
        )
    tell(say("The page is at {address} (Ctrl-C ends it).", address=door.address))
    try:
        run_server(door, show, root)
    except KeyboardInterrupt:  # how it is meant to end, so nothing was broken off
        tell(say("The page is closed."))
