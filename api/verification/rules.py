"""Kinds of claim that are held against typed data or against all that is told of one subject, made ready for one answer."""

from api.search.labels import LabelIndex
from api.verification.attributes import Attributes
from api.verification.bands import Bands
from api.verification.lexicon import Lexicon
from api.verification.namings import Namings
from api.verification.plain_claims import PlainClaims
from api.verification.propositions import Propositions
from api.verification.second_look import SecondLook
from api.verification.shelf import Claims
from api.verification.slots import Slots


class Rules:
    """The rules, each with the claims and words it needs."""

    def __init__(self, claims: Claims, lexicon: Lexicon, labels: LabelIndex) -> None:
        self.claims = claims
        self.plain = PlainClaims(claims, lexicon)
        self.propositions = Propositions(claims, lexicon)
        self.attributes = Attributes(claims, lexicon)
        self.bands = Bands(claims)
        self.slots = Slots(claims, lexicon)
        self.namings = Namings(claims, lexicon, labels)
        self.second_look = SecondLook(claims, lexicon)
