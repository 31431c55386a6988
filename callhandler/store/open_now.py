"""When an incident is open, as SQL: for whoever reads the open ones, and for what the database refuses."""

OPEN_NOW = (
    "n.live = 1 AND NOT EXISTS (SELECT 1 FROM decision d "
    "WHERE d.incident_id = n.id AND d.act IN ('close', 'cancel') "
    "AND d.id = (SELECT max(id) FROM decision WHERE incident_id = n.id) "
    "AND NOT EXISTS (SELECT 1 FROM assessment b JOIN assessment a ON a.id = d.assessment_id "
    "WHERE b.id = (SELECT max(c.id) FROM assessment c WHERE c.incident_id = n.id) AND b.floor_rank < 99 "
    "AND (b.floor_rank < a.floor_rank OR EXISTS (SELECT 1 FROM disclosure t WHERE t.incident_id = n.id "
    "AND t.stance = 'told' AND t.id > d.id)))) "
    "AND NOT EXISTS (SELECT 1 FROM incident_merge m WHERE m.incident_id = n.id AND m.verdict = 'same' "
    "AND m.id = (SELECT max(id) FROM incident_merge WHERE incident_id = n.id))"
)
"""Of an incident `n`: live, neither closed nor merged into another.

One that was closed is open again as soon as its floor is more urgent than when it was closed, or something was told since
while a floor stands.
"""
