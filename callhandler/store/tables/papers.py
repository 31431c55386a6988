"""What left the desk on paper, who said that it was read, and which addresses no paper may hold."""

from sqlalchemy import CheckConstraint

from callhandler.model.paper import PaperKind
from callhandler.store.tables.making import big, fact, index, one_of, ref, text, words

withheld = fact(
    "withheld",
    ref("place_id", "place"),
    ref("person_id", "person", null=True),
    ref("incident_id", "incident", null=True),
    text("state"),
    text("said_by"),
    text("reason"),
    text("author"),
    one_of("state", ("withheld", "lifted")),
)
paper = fact(
    "paper",
    ref("incident_id", "incident"),
    text("kind"),
    text("subject"),
    big("as_of"),
    big("upto"),
    text("digest"),
    text("purpose"),
    ref("author_id", "desk_user"),
    words("kind", PaperKind),
    CheckConstraint("length(digest) = 64", name="digest"),
)
paper_read = fact("paper_read", ref("paper_id", "paper"), text("reader"), ref("author_id", "desk_user"))

index(withheld, "place_id", "id")
index(paper, "incident_id", "id")
index(paper_read, "paper_id")
