"""What the database refuses: each trigger with its attack, and the same attack where the trigger was dropped.

Prints for each engine how many triggers there are, how many attacks they refuse, and how many of these succeed once their
trigger is gone: a trigger whose attack fails without it as well would be idle. `test_triggers.py` asserts the same.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from callhandler.store import triggers
from tests.postgres import NoPostgres, Server
from tests.shipped import shipped
from tests.store.attacks import attacks_on
from tests.store.world import fill
from tests.stores import PostgresStores, SqliteStores, Store


def score(store: Store) -> None:
    """Every attack on one engine, each in a transaction that is undone."""
    sentences = {t.name: t.refuses for t in triggers.triggers_for(store.engine)}
    attacks = list(attacks_on(store.engine))
    refused = succeeded = 0
    for attack in attacks:
        with store.plain(owner=True) as plain:
            statement, values = attack.prepare(plain)
            held = sentences[attack.trigger] in plain.refusal(statement, **values)
            attack.drop(plain, store.engine)
            went = plain.refusal(statement, **values) == ""
        refused += held
        succeeded += went
        if not (held and went):
            print(f"  {attack.name}: refused {held}, goes through without it {went}")
    named = {attack.trigger for attack in attacks}
    print(
        f"{store.engine}: {len(sentences)} triggers, {len(named & set(sentences))} attacked; {len(attacks)} attacks, "
        f"{refused} refused, {succeeded} go through where the trigger is dropped"
    )


def main() -> None:
    """Both engines, where there is a PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="callhandler-held-") as name:
        folder = Path(name)
        for part in ("made", "sqlite", "postgresql"):
            (folder / part).mkdir()
        store = SqliteStores(folder / "made").new(folder / "sqlite")
        fill(store, shipped("national"))
        score(store)
        try:
            server = Server.named() or Server.started()
        except NoPostgres as error:
            print(f"postgresql: not tried, {error}")
            return
        with server, PostgresStores(folder / "made", server) as made:
            store = made.new(folder / "postgresql")
            fill(store, shipped("national"))
            score(store)


if __name__ == "__main__":
    main()
