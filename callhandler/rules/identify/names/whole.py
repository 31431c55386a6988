"""Whether words name one person among all, or only say what somebody is: "her partner", "unknown male", "Dave"."""

from functools import lru_cache

from callhandler.rules.identify.names.tokens import tokens

_OF_WHOM = (
    "the a an her his my their our your its own this that these those another other some any of at from in on "
    "with by to and or for who next door number no flat house upstairs downstairs opposite street shop work former late "
    "new old young elderly older younger middle aged tall short drunk white black asian unknown unnamed unidentified "
    "unkn nk na anon anonymous possible possibly alleged"
)
_WHAT = (
    "partner husband wife spouse fiance fiancee boyfriend girlfriend lover ex mother father mum mom mam mummy dad daddy "
    "parent parents son daughter brother sister sibling siblings uncle aunt auntie cousin nephew niece grandmother "
    "grandfather grandparent nan nana gran granny grandma grandad granddad grandson granddaughter step stepfather "
    "stepmother stepdad stepmum stepson stepdaughter law family relative friend mate flatmate housemate lodger tenant "
    "landlord landlady neighbour neighbours neighbor carer nurse doctor gp teacher manager staff colleague boss employer "
    "employee worker driver passenger rider cyclist pedestrian customer resident occupant occupier visitor owner keeper "
    "suspect suspects offender victim witness caller informant complainant reporter subject attacker assailant intruder "
    "burglar aggressor male males female females man men woman women boy boys girl girls youth youths lad lads lady "
    "gentleman person persons people someone somebody anyone child children kid kids baby toddler teenager stranger officer "
    "security guard paramedic ambulance police passer passerby member public party ap ip"
)
_DESCRIPTION = frozenset(f"{_OF_WHOM} {_WHAT}".split())


@lru_cache(maxsize=2_000)
def names_somebody(words: str) -> bool:
    """False for words that only say what somebody is: there is a "her partner" and a "suspect 1" in every other incident."""
    return any(not _describes(part.plain) for part in tokens(words))


@lru_cache(maxsize=2_000)
def tells_who(words: str) -> bool:
    """True for a name of two parts at least, which its only bearer on record may be known by. "Dave" may be any of them."""
    return len(tokens(words)) > 1 and names_somebody(words)


def _describes(word: str) -> bool:
    return word in _DESCRIPTION or word.isdigit()
