"""How much is gathered through one subject, so that a hub never floods a picture. What is cut is always said.

A station, a hospital or a call box has tens of thousands of incidents, a switchboard's number hundreds of users: none of
them says anything of the caller. The newest are taken, her own and his own before all others.
"""

OF_PERSON = 300
"""Incidents through one person here, hers or his: beyond what anybody in the measured data has, so a safeguard only."""
OF_PLACE = 50
OF_NUMBER = 50
OF_VEHICLE = 50
"""Through one place, number or vehicle's registration: more than a screen can show, and no person's own history."""
CALLS_OF_NUMBER = 200
"""Calls of one number that are looked at, the newest: those of a switchboard are in as many incidents."""
IN_ALL = 400
"""Incidents that the rules read: each takes its parties, calls and disclosures with it."""
APART = 60
"""Incidents that are possible only, through relatives, household and keepers together."""
RELATIVES = 40
"""People through whom possible history is looked for."""
RESIDENTS = 50
"""People tied to one place: a hostel has hundreds. Who is related to her, or suspected, is read besides."""
USERS = 50
"""People tied to one number."""
RELATIONS = 400
"""Ties between people, those of partners and children first."""
COUNTED = 10_000
"""A place's incidents are counted up to here, from the index alone; beyond it is "more than"."""
