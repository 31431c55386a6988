"""The peer of finding people: PostgreSQL's `pg_trgm` on the same people and the same questions, with a GIN and a GiST index.

It is given the date of birth as we are: whoever was born then is a candidate too (a B-tree), and a date that agrees counts.
So its recall is not held back by what trigrams cannot know.
"""

from collections.abc import Iterable

import psycopg

from tests.bench.people import Case

SETTINGS = (
    "shared_buffers=2GB",
    "maintenance_work_mem=1GB",
    "work_mem=64MB",
    "jit=off",
    "random_page_cost=1.1",
)
"""As one sets a server that keeps its tables in memory."""
LIKE = 0.3
"""The least likeness of `%`: pg_trgm's own."""
_ORDER = (
    "ORDER BY similarity(name, %(told)s) + CASE WHEN %(born)s = '' OR born = '' THEN 0 "
    "WHEN born = %(born)s THEN 0.3 WHEN left(born, 4) = left(%(born)s, 4) THEN 0.05 ELSE -0.1 END DESC, id LIMIT 10"
)
_GIN = (
    "SELECT id FROM (SELECT id, name, born FROM people WHERE name %% %(told)s "
    f"UNION SELECT id, name, born FROM people WHERE born = %(born)s AND born <> '') found {_ORDER}"
)
_GIST = (
    "SELECT id FROM (SELECT * FROM (SELECT id, name, born FROM people ORDER BY name <-> %(told)s LIMIT 100) near "
    f"UNION SELECT id, name, born FROM people WHERE born = %(born)s AND born <> '') found {_ORDER}"
)


class Trigram:
    """One table of people on a PostgreSQL server, with both kinds of index."""

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)

    def count(self) -> int:
        """How many people are there; 0 where nothing was loaded."""
        if self._connection.execute("SELECT to_regclass('people_by_gist')").fetchall() == [(None,)]:
            return 0
        return int(self._connection.execute("SELECT count(*) FROM people").fetchall()[0][0])

    def load(self, people: Iterable[tuple[int, str, str]]) -> None:
        """Load id, name and date of birth, and make the indexes."""
        run = self._connection.execute
        run("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        run("DROP TABLE IF EXISTS people")
        run("CREATE UNLOGGED TABLE people (id bigint, name text, born text)")
        with self._connection.cursor().copy("COPY people FROM STDIN") as copy:
            for row in people:
                copy.write_row(row)
        run("CREATE INDEX people_by_born ON people (born)")
        run("CREATE INDEX people_by_gin ON people USING gin (name gin_trgm_ops)")
        run("CREATE INDEX people_by_gist ON people USING gist (name gist_trgm_ops (siglen = 64))")
        run("VACUUM ANALYZE people")

    def gin(self, case: Case) -> list[int]:
        """The first ten by the GIN index and `%`."""
        return self._asked(_GIN, case)

    def gist(self, case: Case) -> list[int]:
        """The first ten of the hundred nearest by the GiST index."""
        return self._asked(_GIST, case)

    def _asked(self, statement: str, case: Case) -> list[int]:
        values = {"told": case.told, "born": case.born}
        return [int(row[0]) for row in self._connection.execute(statement, values, prepare=True)]
