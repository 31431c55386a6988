"""What compares names and places is read before somebody is first looked for, and not when the program starts."""

import subprocess
import sys

ASKED = """
import sys
import callhandler.app
from callhandler.services.finding import get_ready
def here():
    return {m for m in sys.modules if m.startswith(("callhandler", "jellyfish", "anyascii", "nicknames", "rapidfuzz"))}
assert not any(m.startswith(("callhandler.rules.identify.names.wanted", "nicknames")) for m in here())
get_ready()
ready = here()
from callhandler.store.engine import make_engine
from callhandler.store import schema
from callhandler.store.unit_of_work import reading
from callhandler.services import finding
from callhandler.rules.identify.names.short_forms import _also
engine = make_engine(sys.argv[1])
schema.create(engine, "TRAINING", __import__("datetime").datetime(2026, 1, 1, tzinfo=__import__("datetime").UTC))
read = _also.cache_info().currsize
before = here()
with reading(engine) as connection:
    finding.who_rings(connection, "Kate Nowak", None, "1990-05-04")
    finding.places_like(connection, "12 Example Road, DY1 2AB")
print(read, *(here() - before))
"""


def test_the_first_search_for_somebody_imports_nothing_more(tmp_path):
    said = subprocess.run(
        [sys.executable, "-c", ASKED, str(tmp_path / "x.sqlite")], capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["1"]
