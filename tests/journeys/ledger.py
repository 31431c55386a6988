"""What must hold of the rows themselves, worked out anew from the tables alone: it shares no line with the guard.

It reads what was added since it last looked, and checks every new decision, authority, assessment and effect.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, text

Row = dict[str, Any]

CLOSED = 99
SETTLING = {
    "confirmation", "follow_up", "response", "answer", "order_fact", "decision", "call", "receipt", "task_done",
    "consultation", "move", "log_entry", "retraction",
}  # fmt: skip
READ = (
    "assessment", "assessment_warning", "request", "request_subject", "rationale", "rationale_answer", "agreement",
    "decision", "authority", "authority_warning", "retraction", "incident_merge", "link_judgement", "risk_assessment",
    "response", "contact", "disclosure", "task", "task_done", "role_grant", "refusal",
)  # fmt: skip
LEVELS = {"": 0, "standard": 1, "medium": 2, "high": 3}
LEAST_WORDS = re.compile(r"\S")


@dataclass
class Ledger:
    """Every row of the tables that say how urgent something is, and what stood beside each lowering."""

    engine: Engine
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[int, str] = field(default_factory=dict)
    last: int = 0
    wrong: list[str] = field(default_factory=list)
    lowered: int = 0

    def look(self) -> None:
        """Read what is new and check it; `wrong` then says what does not hold."""
        first = self.last
        with self.engine.connect() as connection:
            for seq, kind in connection.execute(
                text("SELECT seq, kind FROM journal WHERE seq > :s ORDER BY seq"), {"s": first}
            ):
                self.kinds[seq] = kind
                self.last = seq
            for table in READ:
                found = connection.execute(
                    text(f"SELECT * FROM {table} WHERE id > :s ORDER BY id"), {"s": first}
                )
                self.rows[table] += [dict(row._mapping) for row in found]
        for table, check in (
            ("assessment", self._assessment),
            ("decision", self._decision),
            ("authority", self._authority),
            ("retraction", self._retraction),
            ("link_judgement", self._link),
            ("risk_assessment", self._risk),
            ("incident_merge", self._merge),
            ("response", self._response),
        ):
            for row in self.rows[table]:
                if row["id"] > first:
                    check(row)

    # looking things up

    def of(self, table: str, before: int | None = None, **wanted: Any) -> list[Row]:
        """Rows of a table with these values, received before one of them."""
        return [
            r
            for r in self.rows[table]
            if all(r[k] == v for k, v in wanted.items()) and (before is None or r["id"] < before)
        ]

    def standing(self, assessment: int) -> list[Row]:
        """The warnings of an assessment that nothing settled."""
        return [w for w in self.of("assessment_warning", assessment_id=assessment) if w["settled_by"] is None]

    def floor(self, assessment: int) -> int:
        """The most urgent rank that those hold."""
        return min(
            (w["floor_rank"] for w in self.standing(assessment) if w["floor_rank"] is not None),
            default=CLOSED,
        )

    def fault(self, row: Row, sentence: str) -> None:
        """Keep what does not hold."""
        self.wrong.append(f"{self.kinds.get(row['id'])} {row['id']} of {row.get('incident_id')}: {sentence}")

    # what stood beside a lowering

    def given(self, act: Row, *, ground: bool) -> bool:
        """A rationale of the act's own request, with a reason, and a ground where it needs one."""
        asked = next(iter(self.of("request", act["id"], id=act["request_id"])), None)
        if asked is None or asked["incident_id"] != act["incident_id"] or asked["act"] != act["act"]:
            return False
        return any(
            LEAST_WORDS.search(r["reason"]) and (not ground or LEAST_WORDS.search(r["ground"]))
            for r in self.of("rationale", act["id"], request_id=act["request_id"])
        )

    def answered(self, act: Row, code: str) -> bool:
        """The newest answer to a warning counts."""
        found = self.of("rationale_answer", act["id"], request_id=act["request_id"], warning=code)
        return bool(found) and found[-1]["accepted"] == 1

    def agreed(self, act: Row) -> bool:
        """Somebody else, a supervisor, agreed last, upon the very assessment that the act rests on."""
        found = self.of("agreement", act["id"], request_id=act["request_id"])
        if not found or any(g["verdict"] != "agree" for g in found):
            return False
        asker = next(r["author_id"] for r in self.rows["request"] if r["id"] == act["request_id"])
        newest = found[-1]
        supervisor = any(
            g["role"] == "supervisor" for g in self.of("role_grant", user_id=newest["author_id"])
        )
        return supervisor and newest["author_id"] != asker and newest["assessment_id"] == act["assessment_id"]

    def met(self, incident: int, before: int) -> bool:
        """Somebody at risk was seen or spoken to after the last thing told, or it was decided to end without."""
        taken_back = {r["disclosure_id"] for r in self.of("retraction", before, incident_id=incident)}
        told = [
            d["id"]
            for d in self.of("disclosure", before, incident_id=incident, stance="told")
            if d["id"] not in taken_back
        ]
        since = max(told, default=0)
        return any(
            c["id"] > since for c in self.of("contact", before, incident_id=incident, counts=1)
        ) or any(a["id"] > since for a in self.of("authority", before, incident_id=incident, act="result"))

    def raised(self, assessment: int) -> bool:
        """Something critical or serious was ever raised that was not recorded in error."""
        taken_back = {r["id"] for r in self.rows["retraction"]}
        return any(
            w["tier"] in ("critical", "serious") and w["settled_by"] not in taken_back
            for w in self.of("assessment_warning", assessment_id=assessment)
        )

    # the checks

    def _assessment(self, row: Row) -> None:
        before = self.of("assessment", row["id"], incident_id=row["incident_id"])
        now = {w["code"]: w for w in self.of("assessment_warning", assessment_id=row["id"])}
        if self.floor(row["id"]) != row["floor_rank"]:
            self.fault(row, f"its floor {row['floor_rank']} is not that of its warnings")
        if not before:
            return
        earlier = self.of("assessment_warning", assessment_id=before[-1]["id"])
        for warning in earlier:
            after = now.get(warning["code"])
            if after is None:
                self.fault(row, f"{warning['code']} was dropped")
            elif warning["settled_by"] is None and after["settled_by"] is not None:
                self._settled(row, after)
            elif after["settled_by"] is None and (after["tier"], after["floor_rank"]) != (
                warning["tier"],
                warning["floor_rank"],
            ):
                self.fault(row, f"{warning['code']} weighs otherwise than before")
        fallen = row["floor_rank"] > before[-1]["floor_rank"]
        freed = {
            w["code"]
            for w in earlier
            if w["settled_by"] is None and w["floor_rank"] is not None and now[w["code"]]["settled_by"]
        }
        if fallen and not freed:
            self.fault(row, "the floor fell and nothing settled it")

    def _settled(self, row: Row, warning: Row) -> None:
        by = warning["settled_by"]
        if self.kinds.get(by) not in SETTLING or by >= row["id"]:
            self.fault(row, f"{warning['code']} was settled by nothing")
        if self.kinds.get(by) == "retraction":
            taken_back = self.of("retraction", id=by)[0]
            lost = self.of("authority_warning", authority_id=taken_back["authority_id"], code=warning["code"])
            brought = {
                m["incident_id"]
                for m in self.of("incident_merge", into_id=row["incident_id"], verdict="same")
            }
            had = any(
                w["incident_id"] in brought and w["settled_by"] == by
                for w in self.of("assessment_warning", code=warning["code"])
            )
            if not had and (not lost or taken_back["incident_id"] != row["incident_id"]):
                self.fault(row, f"{warning['code']} did not rest on what was taken back")

    def _decision(self, row: Row) -> None:
        newest = self.of("assessment", row["id"], incident_id=row["incident_id"])[-1]["id"]
        if row["assessment_id"] != newest:
            self.fault(row, "it does not rest on the newest assessment")
        floor = self.floor(newest)
        earlier = self.of("decision", row["id"], incident_id=row["incident_id"])
        below_standing = bool(earlier) and row["rank"] > earlier[-1]["rank"]
        if row["rank"] > floor:
            self._below_floor(row, newest)
        elif (
            below_standing and not self.given(row, ground=False) and not self._free(row, earlier[-1], newest)
        ):
            self.fault(row, "below the standing grade without a reason")
        if row["act"] in ("close", "cancel", "appoint"):
            self._ended(row, newest)
        self.lowered += below_standing or row["rank"] > floor

    def _below_floor(self, row: Row, assessment: int) -> None:
        self.lowered += 1
        critical = [
            w for w in self.standing(assessment) if w["tier"] == "critical" and w["floor_rank"] is not None
        ]
        if not self.given(row, ground=True):
            self.fault(row, "below the floor without a rationale")
        for warning in critical:
            if not self.answered(row, warning["code"]):
                self.fault(row, f"{warning['code']} is not answered")
        if critical and not self.agreed(row):
            self.fault(row, "below a critical floor without agreement")

    def _free(self, row: Row, before: Row, assessment: int) -> bool:
        """A slip put right by the same hand in the same call, or a closing with nothing left to do."""
        if any(w["tier"] in ("critical", "serious") for w in self.standing(assessment)):
            return False
        soon = row["known_at"] - before["known_at"] <= 10 * 60 * 1_000_000
        slip = (
            row["act"] == before["act"] == "grade"
            and row["call_id"] is not None
            and row["call_id"] == before["call_id"]
            and row["author_id"] == before["author_id"]
        )
        done = {d["task_id"] for d in self.of("task_done", row["id"])}
        left = [t for t in self.of("task", row["id"], incident_id=row["incident_id"]) if t["id"] not in done]
        states = self.of("response", row["id"], incident_id=row["incident_id"], target="at_risk")
        over = before["target_minutes"] is None or (bool(states) and states[-1]["state"] == "resulted")
        return (slip and soon) or (row["act"] == "close" and not left and over)

    def _ended(self, row: Row, assessment: int) -> None:
        if not self.raised(assessment) or self.met(row["incident_id"], row["id"]):
            return
        if not self.given(row, ground=True):
            self.fault(row, "ended without a contact and without a rationale")
        if any(w["tier"] == "critical" for w in self.standing(assessment)) and not self.agreed(row):
            self.fault(row, "ended without a contact under a critical warning and without agreement")

    def _authority(self, row: Row) -> None:
        newest = self.of("assessment", row["id"], incident_id=row["incident_id"])[-1]["id"]
        if row["assessment_id"] != newest:
            self.fault(row, "it does not rest on the newest assessment")
        standing = {w["code"]: w for w in self.standing(newest)}
        for lost in self.of("authority_warning", authority_id=row["id"]):
            self.lowered += 1
            warning = standing.get(lost["code"])
            if warning is None or warning["tier"] != lost["tier"]:
                self.fault(row, f"{lost['code']} did not stand so")
                continue
            holds = warning["floor_rank"] is not None
            if warning["tier"] in ("critical", "serious") and not self.given(row, ground=holds):
                self.fault(row, f"{lost['code']} was lost without a rationale")
            if (
                holds
                and warning["tier"] == "critical"
                and not (self.answered(row, lost["code"]) and self.agreed(row))
            ):
                self.fault(row, f"{lost['code']} was lost without an answer and agreement")
        if row["act"] == "merge":
            self._merging(row, newest)
        if (
            row["act"] == "result"
            and self.raised(newest)
            and not self.met(row["incident_id"], row["id"])
            and not self.given(row, ground=True)
        ):
            self.fault(row, "a result without a contact and without a rationale")

    def _merging(self, row: Row, assessment: int) -> None:
        own = self.of("decision", row["id"], incident_id=row["incident_id"])
        into = self.of("decision", row["id"], incident_id=row["subject_id"])
        rank = into[-1]["rank"] if into else CLOSED
        if rank > self.floor(assessment):
            self._below_floor(row, assessment)
        elif own and rank > own[-1]["rank"] and not self.given(row, ground=False):
            self.fault(row, "merged below its grade without a reason")

    def _leave(self, row: Row, act: str, subject: int) -> None:
        found = self.of("authority", row["id"], incident_id=row["incident_id"])
        if not found or (found[-1]["act"], found[-1]["subject_id"]) != (act, subject):
            self.fault(row, f"no leave to {act}")

    def _retraction(self, row: Row) -> None:
        self._leave(row, "retract", row["disclosure_id"])

    def _link(self, row: Row) -> None:
        if row["verdict"] == "not_linked":
            self._leave(row, "reject_link", row["linked_id"])

    def _risk(self, row: Row) -> None:
        before = [r for r in self.of("risk_assessment", row["id"], person_id=row["person_id"]) if r["level"]]
        if before and row["level"] and LEVELS[row["level"]] < LEVELS[before[-1]["level"]]:
            self._leave(row, "lower_risk", row["person_id"])

    def _merge(self, row: Row) -> None:
        if row["verdict"] != "same":
            return
        self._leave(row, "merge", row["into_id"])
        after = [a["id"] for a in self.of("assessment", incident_id=row["into_id"]) if a["id"] > row["id"]]
        there = {w["code"] for w in self.of("assessment_warning", assessment_id=after[0])} if after else set()
        before = self.of("assessment", row["id"], incident_id=row["incident_id"])
        brought = {w["code"] for w in self.of("assessment_warning", assessment_id=before[-1]["id"])}
        if not brought <= there:
            self.fault(row, f"left behind: {', '.join(sorted(brought - there))}")

    def _response(self, row: Row) -> None:
        if row["state"] != "resulted" or row["target"] != "at_risk":
            return
        newest = self.of("assessment", row["id"], incident_id=row["incident_id"])
        if newest and self.raised(newest[-1]["id"]) and not self.met(row["incident_id"], row["id"]):
            self.fault(row, "resulted, and nobody was seen")
