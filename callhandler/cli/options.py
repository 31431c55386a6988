"""The options that many commands have."""

from typing import Annotated

import typer

Database = Annotated[
    str, typer.Option("--database", "-d", help="A file for SQLite, or a postgresql:// address.")
]
Scheme = Annotated[str, typer.Option("--scheme", help="The force's scheme of grades.")]
Who = Annotated[str, typer.Option("--as", help="Your user name; asked for without it.")]
Named = Annotated[str, typer.Option("--as", help="Your user name; the passphrase is asked for.")]
PassphraseFile = Annotated[str, typer.Option(help="Read your passphrase from a file instead of asking.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
