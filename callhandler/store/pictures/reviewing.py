"""What of an incident waits for its reviewer."""

from callhandler.model.review import OpenReview
from callhandler.model.when import from_micros
from callhandler.store.pictures.quick import quickly
from callhandler.store.pictures.reader import Reader, Statement

new_open_review = quickly(OpenReview)


OPEN_REVIEWS = Statement(
    "SELECT r.id, r.entered_by, r.known_at, o.user_id, u.display FROM review_item r "
    "LEFT JOIN review_owner o ON o.id = (SELECT max(m.id) FROM review_owner m WHERE m.item_id = r.id AND {known:m}) "
    "LEFT JOIN desk_user u ON u.id = o.user_id WHERE r.incident_id = :here AND {known:r} "
    "AND NOT EXISTS (SELECT 1 FROM review_outcome x WHERE x.item_id = r.id AND {known:x}) ORDER BY r.id"
)


def open_reviews(read: Reader, here: int) -> tuple[OpenReview, ...]:
    """The decisions of an incident that nobody has answered by then, each with who has it."""
    rows = read.rows(OPEN_REVIEWS, here=here)
    return tuple(
        new_open_review(id_, tuple(by.split()), from_micros(known), owner or "", owner_id)
        for id_, by, known, owner_id, owner in rows
    )
