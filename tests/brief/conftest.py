"""Papers for tests: of a desk's own incident, and of the night; and what a PDF says."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader

from callhandler.app import find_scenario, replaying
from callhandler.model.proposal import Consent, Decided, ProposalKind
from callhandler.services.papers import Made, Papers
from callhandler.services.proposals import Proposals
from callhandler.settings import Settings
from tests.unit.conftest import desk  # noqa: F401  # the same desk as the services' tests have

PICTURES = Path(__file__).with_name("pictures")


def words_of(pdf: bytes) -> str:
    """All text of a PDF, with every run of spaces as one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


@dataclass(frozen=True)
class Night:
    """The four papers of the night at one moment."""

    briefing: Made
    decision: Made
    referral: Made
    bundle: Made


@pytest.fixture(scope="session")
def nights() -> Iterator[dict[str, Night]]:
    """The papers of the night, made once: at 00:26, when a supervisor has kept the grade, and at the end."""
    found = {}
    with replaying(find_scenario("night"), Settings(database="")) as run:
        for moment, until in (("00:26", "supervisor-keeps"), ("end", "")):
            for _ in run.play_until(until) if until else run.play():
                pass
            incident, actor = run.incident_id, run.actor("handler")
            assert incident is not None
            picture = run.desk.view(actor, incident).picture
            if moment == "00:26":
                why = "She was not reached again; he may come to where she is going."
                Proposals(run.office).decide(
                    actor, incident, ProposalKind.REFERRAL, "domestic-abuse-triage", Decided.TAKEN,
                    consent=Consent.NOT_ASKED, reason=why,
                )  # fmt: skip
            papers = Papers(run.office)
            record = picture.requests[-1].id if moment == "00:26" else picture.decisions[-1].id
            found[moment] = Night(
                papers.briefing(actor, incident),
                papers.decision(actor, incident, record),
                papers.referral(actor, incident, "domestic-abuse-triage"),
                papers.bundle(actor, incident),
            )
    yield found
