"""Papers that leave the desk: read as the screen reads, without any withheld address; who made and read each is recorded."""

import re
from dataclasses import dataclass
from datetime import datetime

from callhandler.brief.content import Paper
from callhandler.brief.facts import Facts
from callhandler.errors import BadInput
from callhandler.model.actor import Actor, Right
from callhandler.model.acts import Authority
from callhandler.model.assessment import Decision
from callhandler.model.incident import LogKind
from callhandler.model.paper import PaperKind, PaperMade
from callhandler.model.picture import Picture
from callhandler.services import entries
from callhandler.services.office import DESK, Office, line, require, work
from callhandler.services.paper_facts import deciding_of, facts_of, policy_of_record, proposal_of
from callhandler.store import papers, tables
from callhandler.store.unit_of_work import reading

MAY = (*DESK, Right.REVIEWER)


@dataclass(frozen=True)
class Made:
    """A paper ready to be saved: `file_name` is a suggestion without an ending, `paper_id` its record.

    `pdf`, `html` and `text` say the same; each is made when it is asked for, and the same each time.
    """

    paper_id: int
    file_name: str
    content: Paper

    @property
    def digest(self) -> str:
        """SHA-256 of what it says, as printed on each page."""
        return self.content.digest

    def pdf(self) -> bytes:
        """The PDF."""
        from callhandler.brief import sheet

        return sheet.pdf(self.content)

    def html(self) -> str:
        """The same as HTML, for a screen reader."""
        from callhandler.brief import copies

        return copies.html(self.content)

    def text(self) -> str:
        """The same in plain lines."""
        from callhandler.brief import copies

        return copies.text(self.content)

    def as_file(self, suffix: str) -> bytes:
        """The bytes of a file that ends in `.pdf`, `.html` or `.txt`."""
        return as_file(self.content, suffix)


def as_file(paper: Paper, suffix: str) -> bytes:
    """A paper as a file that ends in `.pdf`, `.html` or `.txt`. Raises BadInput for any other ending."""
    from callhandler.brief import copies, sheet

    match suffix:
        case ".pdf":
            return sheet.pdf(paper)
        case ".html":
            return copies.html(paper).encode()
        case ".txt":
            return copies.text(paper).encode()
    raise BadInput(f"A paper is a .pdf, an .html or a .txt, not {suffix}.", "out")


class Papers:
    """Making papers, and saying that one was read. `as_of` (UTC) is now unless given; `upto` the newest record.

    Each raises BadInput when there is no such incident, decision or referral here, and NotAllowed without the right.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def briefing(
        self,
        actor: Actor,
        incident_id: int,
        purpose: str = "officers sent",
        *,
        as_of: datetime | None = None,
        upto: int | None = None,
    ) -> Made:
        """The officers' one-page briefing."""
        from callhandler.brief import briefing

        require(actor, *MAY)
        with reading(self._office.engine) as connection:
            facts = facts_of(connection, self._office, incident_id, as_of, upto)
        return self._made(actor, facts, briefing.briefing(facts), "", purpose)

    def decision(
        self,
        actor: Actor,
        incident_id: int,
        record_id: int,
        purpose: str = "review",
        *,
        as_of: datetime | None = None,
        upto: int | None = None,
    ) -> Made:
        """The record of one decision, leave, or request that came to neither, with its proof; `record_id` is of one."""
        from callhandler.brief import decision

        require(actor, *MAY)
        with reading(self._office.engine) as connection:
            facts = facts_of(connection, self._office, incident_id, as_of, upto)
            deciding = deciding_of(connection, facts.picture, record_id)
            policy = policy_of_record(connection, self._office, deciding)
        return self._made(actor, facts, decision.decision(facts, deciding, policy), str(record_id), purpose)

    def referral(
        self,
        actor: Actor,
        incident_id: int,
        code: str,
        purpose: str = "referral",
        *,
        as_of: datetime | None = None,
        upto: int | None = None,
    ) -> Made:
        """The pack of one referral: only what it needs. Refused until taking it, and her leave, are recorded."""
        from callhandler.brief import referral

        require(actor, *MAY)
        with reading(self._office.engine) as connection:
            facts = facts_of(connection, self._office, incident_id, as_of, upto)
        paper = referral.referral(facts, proposal_of(facts.picture, facts.policy, code))
        return self._made(actor, facts, paper, code, purpose)

    def bundle(
        self,
        actor: Actor,
        incident_id: int,
        purpose: str = "disclosure",
        *,
        as_of: datetime | None = None,
        upto: int | None = None,
    ) -> Made:
        """The incident's disclosure bundle: the whole log and all that was decided, with what is left out and why."""
        from callhandler.brief import bundle

        require(actor, *MAY)
        with reading(self._office.engine) as connection:
            facts = facts_of(connection, self._office, incident_id, as_of, upto)
            decidings = [
                deciding_of(connection, facts.picture, record) for record in _each_once(facts.picture)
            ]
        return self._made(actor, facts, bundle.bundle(facts, decidings), "", purpose)

    def acknowledge(self, actor: Actor, incident_id: int, digest: str, reader: str) -> PaperMade:
        """Record that somebody read a paper of this incident; the digest, or its first eight letters, as printed."""
        require(actor, *DESK)
        wanted = re.sub(r"\s", "", digest).casefold()
        if len(wanted) < 8:
            raise BadInput(
                "Give at least the first eight letters of the digest at the foot of the paper.", "digest"
            )
        who = line(reader, "Who read it")
        with work(self._office) as w:
            w.known(incident_id)
            found = [p for p in papers.made_of(w.uow.connection, incident_id) if p.digest.startswith(wanted)]
            if not found:
                raise BadInput(f"No paper of this incident has the digest {digest.strip()}.", "digest")
            paper = found[-1]
            w.uow.append(tables.paper_read, paper_id=paper.id, reader=who, author_id=actor.user_id)
            said = f"{NAMES[paper.kind]} {paper.digest[:8]}, as of its record {paper.upto}, read by {who}."
            entries.log(w, actor, incident_id, said, LogKind.SYSTEM)
            return next(p for p in papers.made_of(w.uow.connection, incident_id) if p.id == paper.id)

    def made(self, actor: Actor, incident_id: int) -> tuple[PaperMade, ...]:
        """The papers made of an incident, oldest first, each with who read it."""
        require(actor, *MAY, Right.TRAINER)
        with reading(self._office.engine) as connection:
            return papers.made_of(connection, incident_id)

    def incident_called(self, actor: Actor, said: str) -> int:
        """The incident of this record number or reference. Raises BadInput when there is none, or more than one."""
        require(actor, *MAY)
        with reading(self._office.engine) as connection:
            found = papers.incidents_called(connection, said.strip())
        if len(found) != 1:
            what = f"are {len(found)} incidents called" if found else "is no incident"
            raise BadInput(f"There {what} {said}.", "incident")
        return found[0]

    def _made(self, actor: Actor, facts: Facts, paper: Paper, subject: str, purpose: str) -> Made:
        """Record that it was made, and whose history was opened for it. Nobody who writes waits while it is composed."""
        why = line(purpose, "The purpose")
        here = facts.picture.here
        what = f"paper: {NAMES[PaperKind(paper.kind.value)].lower()}"
        with work(self._office) as w:
            paper_id = w.uow.append(
                tables.paper,
                incident_id=here,
                kind=paper.kind.value,
                subject=subject,
                as_of=paper.as_of,
                upto=paper.position,
                digest=paper.digest,
                purpose=why,
                author_id=actor.user_id,
            )
            for person_id in dict.fromkeys(
                (*facts.at_risk, *facts.suspects, *facts.perhaps, *facts.children)
            ):
                entries.consulted(w, actor, what, why, incident_id=here, person_id=person_id)
        return Made(paper_id, file_name_of(paper), paper)


NAMES = {
    PaperKind.BRIEFING: "Officers' briefing",
    PaperKind.DECISION: "Decision record",
    PaperKind.REFERRAL: "Referral pack",
    PaperKind.BUNDLE: "Disclosure bundle",
}


def _each_once(picture: Picture) -> tuple[int, ...]:
    """The record of every decision and leave, and of every request that came to neither, in order of receipt."""
    came: tuple[Decision | Authority, ...] = (*picture.decisions, *picture.authorities)
    asked = {record.request_id for record in came}
    return tuple(sorted([*(r.id for r in came), *(r.id for r in picture.requests if r.id not in asked)]))


def file_name_of(paper: Paper) -> str:
    """A file's name without ending: kind, reference, instant, and the digest's first letters. No name of anybody."""
    reference = re.sub(r"[^A-Za-z0-9-]+", "-", paper.reference).strip("-")
    return f"{paper.kind.value}-{reference}-{paper.as_of:%Y%m%dT%H%MZ}-{paper.digest[:8]}"
