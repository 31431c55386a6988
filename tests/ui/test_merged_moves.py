"""Where somebody went who waits in an incident merged into this one is seen where the places and the evening are."""

from callhandler.services.calls import CallIn
from ui.desk.who_rows import place_rows
from ui.review.evening import evening_of


def test_where_the_caller_of_a_merged_incident_went_is_shown_with_whose_it_is(night):
    app, actor = night.app, night.actor
    hers = app.calls.take(actor, CallIn(name="Adult 61", place="61 Invented Row", join="no")).incident_id
    app.whereabouts.move(actor, hers, going_to="Her aunt's house")
    here = app.calls.take(actor, CallIn(name="A shopkeeper", place="9 Other Row", join="no")).incident_id
    assert not any("Adult 61" in row.spoken for row in place_rows(app.desk.view(actor, here)))
    assert app.merges.merge(actor, hers, here, "The same quarrel.").accepted
    view = app.desk.view(actor, here)
    (row,) = [row for row in place_rows(view) if row.title == "Her aunt's house"]
    reference = view.picture.beside[0].incident.reference.partition(" · ")[0]
    assert f"Adult 61 going here, from {reference}" in row.spoken
    evening = evening_of(view)
    assert evening is not None and f"going to Her aunt's house, told in {reference}" in evening.told
