"""An incident as an exercise's file: plain values, each text, instant and name by what it is given to stand for it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from callhandler.model.facts import Stance
from callhandler.model.incident import TYPE_NOT_KNOWN, CallOutcome, Direction, LogKind
from callhandler.model.people import Role
from callhandler.model.picture import Picture
from callhandler.model.when import LONDON
from callhandler.policy.pack import Policy

OTHERS = (LogKind.MESSAGE, LogKind.NOTIFICATION)
Say = Callable[[str], str]
When = Callable[[datetime], datetime]


class Draft:
    """Writes an incident as an exercise. `say` gives each text its stand-ins, `when` each instant its own day."""

    def __init__(self, picture: Picture, policy: Policy, say: Say, when: When, called: "Called") -> None:
        assert picture.incident is not None
        self._picture = picture
        self._incident = picture.incident
        self._policy = policy
        self._say = say
        self._when = when
        self._called = called
        self._lines = [
            c for c in picture.calls if c.incident_id == self._incident.id and c.direction is Direction.IN
        ]

    def whole(self, name: str, title: str) -> dict[str, Any]:
        """The whole file. What a trainer must still write says so."""
        return {
            "exercise": name,
            "title": title,
            "reference": "Made from a log; everybody in it is somebody else",
            "scheme": self._policy.scheme.id,
            "starts": self._local(self._lines[0].at if self._lines else self._incident.opened.at),
            "teaching": [{"point": "To be written", "source": "The force's own"}],
            "records": self._records(),
            "people": self._people(),
            "happenings": self._happenings(),
            "key": [self._moment(i) for i in range(len(self._lines))],
        }

    def _records(self) -> dict[str, Any]:
        known = self._local(min((c.at for c in self._lines), default=self._incident.opened.at))
        picture = self._picture
        return {
            "people": [
                {
                    "id": f"person-{p.id}",
                    "name": self._called.person(p.id),
                    "named": p.named,
                    "known_at": known,
                }
                for p in picture.people
            ],
            "places": [
                {"id": f"place-{p.id}", **self._called.place(p.id), "known_at": known} for p in picture.places
            ],
            "numbers": [
                {
                    "number": self._called.number(n.e164 or n.as_given),
                    "people": [f"person-{t.person_id}" for t in picture.number_ties if t.number_id == n.id],
                    "known_at": known,
                }
                for n in picture.numbers
            ],
            "ties": [
                {
                    "person": f"person-{t.person_id}",
                    "place": f"place-{t.place_id}",
                    "tie": t.tie.value,
                    "since": known,
                    "known_at": known,
                }
                for t in picture.place_ties
            ],
            "relations": [
                {"a": f"person-{t.a}", "is": t.relation.value, "of": f"person-{t.b}", "known_at": known}
                for t in picture.person_ties
            ],
            "incidents": [self._past(i.id) for i in picture.linked],
        }

    def _past(self, incident_id: int) -> dict[str, Any]:
        picture = self._picture
        past = next(i for i in picture.linked if i.id == incident_id)
        told = [d for d in picture.disclosures if d.incident_id == incident_id]
        return {
            "id": f"incident-{past.id}",
            "type": past.type or TYPE_NOT_KNOWN,
            "opened": self._local(past.opened.at),
            "known_at": self._local(past.known_at),
            **({"place": f"place-{past.place_id}"} if past.place_id else {}),
            "summary": self._say(past.summary),
            "outcome": self._say(past.outcome),
            "undone": self._say(past.undone),
            "target_met": past.target_met,
            "parties": [
                {"person": f"person-{p.person_id}", "role": p.role.value}
                for p in picture.parties
                if p.incident_id == incident_id
            ],
            "disclosures": [
                {
                    "indicator": d.indicator,
                    "by": self._say(d.teller),
                    **({"about": f"person-{d.about_id}"} if d.about_id else {}),
                    **({"harmed": f"person-{d.harmed_id}"} if d.harmed_id else {}),
                    "words": self._say(d.words),
                    "stance": d.stance.value,
                }
                for d in told
            ],
        }

    def _people(self) -> list[dict[str, Any]]:
        """Who rang; what they told is what they know, said unasked in the call in which it was told."""
        found = []
        for person_id in self._callers():
            knows = [
                {
                    "id": f"told-{d.id}",
                    "says": self._say(d.words) or self._say(self._name_of(d.indicator)),
                    "asked_by": [
                        q.id for q in self._policy.pack.questions if d.indicator in q.tells.values()
                    ],
                    "words": [f"what about {self._name_of(d.indicator).lower()}"],
                    "volunteered": self._seconds(d.known_at, line),
                    "lines": [self._line_id(line)],
                    "indicator": d.indicator,
                }
                for d in self._picture.disclosures
                if d.incident_id == self._incident.id and d.stance is Stance.TOLD
                if d.teller_id in (person_id, None)
                if (line := self._line_at(d.known_at)) is not None
            ]
            found.append(
                {"id": f"person-{person_id}", "name": self._called.person(person_id), "knows": knows}
            )
        return found

    def _callers(self) -> list[int]:
        parties = [p for p in self._picture.parties if p.incident_id == self._incident.id]
        callers = [p.person_id for p in parties if p.role in (Role.CALLER, Role.REPORTER)]
        at_risk = [p.person_id for p in parties if p.role is Role.AT_RISK]
        found = list(dict.fromkeys(callers or at_risk or [p.id for p in self._picture.people]))
        return found[:1] if len(found) > 1 and not callers else found

    def _happenings(self) -> list[dict[str, Any]]:
        caller = self._callers()[0] if self._callers() else 0
        found: list[dict[str, Any]] = []
        for i, call in enumerate(self._lines):
            found.append(
                {
                    "id": f"call-{i + 1}",
                    "do": "rings",
                    "at": self._local(call.at),
                    "speaker": f"person-{caller}",
                    "number": self._called.number_of(call.number_id),
                    "outcome": call.outcome.value
                    if call.outcome is not CallOutcome.NO_ANSWER
                    else "answered",
                    "opens": "Hello?",
                }
            )
            if i + 1 < len(self._lines):
                found.append(
                    {
                        "id": f"call-{i + 1}-over",
                        "do": "ends",
                        "after": f"call-{i + 1}:answered",
                        "seconds": 300,
                        "line": f"call-{i + 1}",
                    }
                )
        for entry in self._picture.log:
            line = self._line_at(entry.at)
            if entry.kind in OTHERS and line is not None:
                event = {
                    "id": f"log-{entry.id}",
                    "do": "log",
                    "by": "dispatcher",
                    "kind": entry.kind.value,
                    "text": self._say(entry.text),
                }
                found.append(self._others(f"log-{entry.id}", entry.at, line, event))
        for response in self._picture.responses:
            line = self._line_at(response.at)
            if line is not None:
                event = {
                    "id": f"response-{response.id}",
                    "do": "response",
                    "by": "dispatcher",
                    "state": response.state.value,
                    "target": response.target.value,
                    "note": self._say(response.note),
                }
                found.append(self._others(f"response-{response.id}", response.at, line, event))
        last = max((self._picture.as_of, *(c.at for c in self._lines)))
        found.append({"id": "the-end", "do": "stops", "at": self._local(last)})
        return found

    def _others(self, id_: str, at: datetime, line: int, event: dict[str, Any]) -> dict[str, Any]:
        return {"id": id_, "do": "others", "at": self._local(at), "line": self._line_id(line), "event": event}

    def _moment(self, line: int) -> dict[str, Any]:
        """What the desk gave stands as the key until experts have written theirs, and says so."""
        end = self._lines[line + 1].at if line + 1 < len(self._lines) else self._picture.as_of
        given = [d for d in self._picture.decisions if d.at <= end and d.grade]
        grades = sorted(self._policy.scheme.grades, key=lambda g: g.rank)
        return {
            "id": f"moment-{line + 1}",
            "line": self._line_id(line),
            "least": given[-1].grade if given else grades[-1].id,
            "within": 5,
            "why": "To be written. The grade is the one that was given, until experts have written their own.",
            "reference": "To be written",
        }

    def _line_at(self, at: datetime) -> int | None:
        """The call in which something was recorded: the newest by then."""
        before = [i for i, call in enumerate(self._lines) if call.at <= at]
        return before[-1] if before else None

    def _line_id(self, line: int) -> str:
        return f"call-{line + 1}"

    def _seconds(self, at: datetime, line: int) -> int:
        return max(0, round((at - self._lines[line].at).total_seconds()))

    def _name_of(self, indicator: str) -> str:
        entry = self._policy.indicators.get(indicator)
        return entry.name if entry is not None else indicator.replace("-", " ")

    def _local(self, at: datetime) -> str:
        return self._when(at).astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")


class Called:
    """What people, places and numbers of a picture are called in an exercise."""

    def __init__(
        self, picture: Picture, people: dict[int, str], places: dict[int, dict[str, str]], number: Say
    ) -> None:
        self._people = people
        self._places = places
        self._numbers = {n.id: n.e164 or n.as_given for n in picture.numbers}
        self._number = number

    def person(self, person_id: int) -> str:
        """A person's stand-in."""
        return self._people[person_id]

    def place(self, place_id: int) -> dict[str, str]:
        """A place's label and address."""
        return self._places[place_id]

    def number(self, told: str) -> str:
        """A number's stand-in."""
        return self._number(told)

    def number_of(self, number_id: int | None) -> str:
        """The stand-in of the number that rang; empty when it was withheld."""
        told = self._numbers.get(number_id) if number_id is not None else None
        return self._number(told) if told else ""
