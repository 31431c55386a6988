"""How much is gathered through one subject, so that a hub never floods a picture. What is cut is always said.

A station, a hospital or a call box has tens of thousands of incidents, a switchboard's number hundreds of users: none of
them says anything of the caller. The newest are taken, her own and his own before all others; and of what is older,
whatever bears risk: `bearing` says how.
"""

OF_PERSON = 300
"""Incidents through one person here, hers or his: beyond what anybody in the measured data has, so a safeguard only."""
BACK_TO = 5_000
"""How far back, through one person or registration, what is older than those is looked at for what bears risk."""
OF_PLACE = 50
OF_NUMBER = 50
OF_VEHICLE = 50
"""Through one place, number or vehicle's registration: more than a screen can show, and no person's own history."""
CALLS_OF_NUMBER = 200
"""Calls of one number that are looked at, the newest: those of a switchboard are in as many incidents."""
OF_DWELLING = 500
"""A place or number with more incidents is a hub: what was told there is of others, and only its newest are read."""
OF_USERS = 5
"""So is a number that more people use."""
RUN = 20
"""Of what rules count or read one after another among what is older: more than any of them asks for."""
IN_ALL = 400
"""Incidents that the rules read: each takes its parties, calls and disclosures with it. Hers, his and what bears risk are
read beyond it; what came through a place, a number or a vehicle alone fills what is left."""
AT_LEAST = 100
"""So many of those, however many are hers and his."""
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
RESPONDENTS = 20
"""People against whom an order protects somebody here, those of the newest orders first."""
ACCUSED = 3
"""Suspects of reports in which somebody here was at risk, those of the newest first: a shop's reports have hundreds."""
COUNTED = 10_000
"""A place's incidents are counted up to here, from the index alone; beyond it is "more than"."""
