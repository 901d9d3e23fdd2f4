"""One answer held against the claims, sentence by sentence: the order in which rules, statements and keys are asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.verification.candidates import Candidate, Context, find_candidates
from api.verification.checkable import is_anaphoric, is_checkable, is_question, points_back
from api.verification.claims import Claim
from api.verification.dismissals import Dismissals
from api.verification.hearing import Hearing
from api.verification.judge import Judgement, Reason, Verdict, judge
from api.verification.keys import Key, Keys, Objection, to_text
from api.verification.lexicon import Lexicon
from api.verification.mending import Mended
from api.verification.patterns import NOTHING_SAID, Text
from api.verification.rankings import Rankings
from api.verification.reading import GENERAL, Reading, same_words
from api.verification.rules import Rules
from api.verification.sentences import Sentence
from api.verification.telling import Telling

_FEW_WORDS = 2
_REMEMBERED = 60
_FEW_STRANGERS = 2
_CLOSELY = 0.5
_LEFT_TO_RANKINGS = frozenset({Reason.NOTHING_CLOSE, Reason.DIRECTION_DIFFERS, Reason.NEGATION_DIFFERS})
_ANYTHING = frozenset({"=cancer", "=benign"})


@dataclass(frozen=True)
class Checked:
    """A sentence, how it was read, and the judgement."""

    sentence: Sentence
    meant: Mended
    reading: Reading
    judgement: Judgement
    said: Text


class Checking:
    """One answer being held against the claims."""

    def __init__(self, lexicon: Lexicon, dismissals: Dismissals, keys: Keys, rankings: Rankings, rules: Rules) -> None:
        self._lexicon = lexicon
        self._dismissals = dismissals
        self._keys = keys
        self._rankings = rankings
        self._claims = rules.claims
        self._rules = rules

    def all(self, sentences: Sequence[Sentence], meant: Sequence[Mended], readings: Sequence[Reading]) -> list[Checked]:
        """Every sentence with its judgement."""
        keys = (term.key for reading in readings for term in reading.terms)
        self._claims.foresee(keys, (slug for reading in readings for slug in reading.slugs))
        context = Context()
        checked = []
        for sentence, text, reading in zip(sentences, meant, readings, strict=True):
            said = to_text(text.text)
            judged = self._heeded(text.text, reading, self._judged(text.text, reading, said, context))
            item = Checked(sentence, text, reading, self._ranked(text.text, reading, judged), said)
            context = _context(item, context)
            checked.append(item)
        return checked

    def _heeded(self, text: str, reading: Reading, judged: Judgement) -> Judgement:
        """The judgement, unless a warning not to ignore a sign was taken for the other direction."""
        if judged.reason not in (Reason.DIRECTION_DIFFERS, Reason.NEGATION_DIFFERS):
            return judged
        claim = self._dismissals.heeded(text, reading, self._claims)
        return Judgement(Verdict.SUPPORTED, Reason.SAME, (Candidate(claim, 0.0, 1.0),)) if claim else judged

    def _ranked(self, text: str, reading: Reading, judged: Judgement) -> Judgement:
        """The judgement, unless a ranking of two sides settles what it left open or took for the other direction."""
        if judged.verdict is Verdict.NOT_CHECKABLE or reading.distancing or reading.open:
            return judged
        settled = self._rankings.settled(text)
        claim = self._claims.first_of(settled.statement_id) if settled else None
        if not settled or not claim:
            return judged
        if not settled.agrees:
            return judged if judged.verdict is Verdict.CONTRADICTED else _contradicted(claim, Reason.DIRECTION_DIFFERS)
        if judged.verdict is Verdict.SUPPORTED or judged.reason not in _LEFT_TO_RANKINGS or reading.quantities:
            return judged
        return Judgement(Verdict.SUPPORTED, Reason.SAME, (Candidate(claim, 0.0, 1.0),))

    def _judged(self, text: str, reading: Reading, said: Text, context: Context) -> Judgement:
        lexicon = self._lexicon
        waved = self._dismissals.against(text, reading, self._claims)
        if waved:
            return _contradicted(waved, Reason.DIRECTION_DIFFERS)
        if not is_checkable(text, reading, lexicon, self._claims):
            return self._against_a_key_alone(text, said, reading) or Judgement(Verdict.NOT_CHECKABLE, Reason.NO_CLAIM)
        pointing = is_anaphoric(reading, lexicon) or not reading.slugs - GENERAL
        back = points_back(reading, lexicon)
        resumed = back and bool(context.slugs) and not reading.slugs - GENERAL
        candidates = find_candidates(reading, replace(context, resumed=resumed), pointing, self._claims, lexicon)
        quoted = next((item for item in candidates if _quotes(reading, item, context, pointing=pointing)), None)
        if quoted:
            return Judgement(Verdict.SUPPORTED, Reason.SAME, (quoted,))
        wrong = self._plainly_wrong(reading, context, candidates, pointing=pointing)
        if wrong:
            return wrong
        unnamed = not context.slugs and not reading.slugs - GENERAL
        lost = unnamed and (back or _says_little(reading))
        adrift = lost or (unnamed and is_anaphoric(reading, lexicon))
        hearing = Hearing(said, reading, self._keys)
        telling = Telling(reading, context.slugs if pointing else frozenset(), self._claims, hearing)
        judged = judge(reading, candidates, self._claims.weight_of, telling.odds, adrift=adrift)
        if judged.verdict is Verdict.CONTRADICTED:
            return judged
        keyed = self._against_a_key(said, reading, judged, candidates, context if pointing else Context())
        return keyed or (None if lost else self._at_second_look(reading, candidates)) or judged

    def _plainly_wrong(
        self, reading: Reading, context: Context, candidates: list[Candidate], *, pointing: bool
    ) -> Judgement | None:
        before = context.slugs if pointing else frozenset()
        grounds = self._rules.plain.wrong_nature(reading, before)
        if grounds:
            return _contradicted(grounds.claim, Reason.DIRECTION_DIFFERS)
        grounds = self._rules.plain.wrong_meaning(reading, context.categories if pointing else frozenset())
        if grounds:
            return _contradicted(grounds.claim, Reason.CATEGORY_DIFFERS)
        claim = self._rules.propositions.against(reading, before, candidates)
        if claim and not self._rules.plain.right_nature(reading):
            return _contradicted(claim, Reason.DIRECTION_DIFFERS)
        claim = self._rules.bands.against(reading, _categories(context) if pointing else frozenset())
        if claim:
            return _contradicted(claim, Reason.FIGURE_DIFFERS)
        claim = self._rules.namings.against(reading, candidates) or self._rules.attributes.against(reading, before)
        claim = claim or self._rules.slots.against(reading, candidates, before)
        return _contradicted(claim, Reason.ATTRIBUTE_DIFFERS) if claim else None

    def _at_second_look(self, reading: Reading, candidates: list[Candidate]) -> Judgement | None:
        """What the closest claims say against a sentence that nothing else contradicts."""
        found = self._rules.second_look.against(reading, candidates)
        return _contradicted(*found) if found else None

    def _against_a_key(
        self, said: Text, reading: Reading, judged: Judgement, candidates: list[Candidate], context: Context
    ) -> Judgement | None:
        """What keys say where nothing else contradicts; the first objection that holds."""
        for objection in self._keys.against(said, context.said, reading):
            claim = self._claims.first_of(objection.key.statement_id)
            if claim and self._holds(objection, claim, reading, judged, candidates, context):
                return _contradicted(claim, Reason.FIGURE_DIFFERS if objection.key.of_figures else Reason.ATTRIBUTE_DIFFERS)
        return None

    def _against_a_key_alone(self, text: str, said: Text, reading: Reading) -> Judgement | None:
        """What keys say against a sentence in everyday words only: 'only women can have them'; a question claims nothing."""
        if not reading.slugs or is_question(text):
            return None
        objections = (item for item in self._keys.against(said, NOTHING_SAID, reading) if item.alone)
        claims = (self._claims.first_of(item.key.statement_id) for item in objections)
        claim = next((claim for claim in claims if claim), None)
        return _contradicted(claim, Reason.ATTRIBUTE_DIFFERS) if claim else None

    def _holds(
        self,
        objection: Objection,
        claim: Claim,
        reading: Reading,
        judged: Judgement,
        candidates: list[Candidate],
        before: Context,
    ) -> bool:
        """Whether an objection holds: a figure another statement tells is left to that one.

        A sentence that has all a key is about needs no other sign of the subject; one that points back needs the subject.
        """
        key = objection.key
        backed = frozenset(candidate.claim.statement_id for candidate in judged.candidates)
        told_elsewhere = key.of_figures and judged.reason is Reason.FIGURES_AGREE and key.statement_id not in backed
        if told_elsewhere and (not objection.alone or _agrees_closely(judged, key)):
            return False
        if key.of_figures and _strangers(reading, claim) > (_FEW_STRANGERS if objection.alone else 0):
            return False
        if objection.alone:
            return True
        told = any(item.claim.statement_id == key.statement_id for item in candidates)
        if judged.reason is Reason.NOTHING_CLOSE and not told:
            return False
        return judged.verdict is not Verdict.UNSUPPORTED or bool(claim.slugs & (reading.slugs | before.slugs))


def _agrees_closely(judged: Judgement, key: Key) -> bool:
    """Whether a figure of the key's kind agrees with one another statement tells in much the same words."""
    return any(figure.alignment >= _CLOSELY for figure in judged.figures if figure.said.dimension in key.dimensions)


def _strangers(reading: Reading, claim: Claim) -> int:
    """How many telling words of a sentence a claim does not know: they may name another population or another endpoint."""
    return sum(not term.light and term.key not in claim.keys and not term.slugs & claim.slugs for term in reading.terms)


def _categories(context: Context) -> frozenset[str]:
    return frozenset(slug.replace("uk-r-", "uk-r") for slug in context.categories)


def _contradicted(claim: Claim, reason: Reason) -> Judgement:
    return Judgement(Verdict.CONTRADICTED, reason, (Candidate(claim, 0.0, 1.0),))


def _says_little(reading: Reading) -> bool:
    """Whether a sentence without a subject of the field has too few words to tell what it is about."""
    if reading.slugs or reading.quantities:
        return False
    return sum(not term.light and not term.poles and term.key not in _ANYTHING for term in reading.terms) < _FEW_WORDS


def _quotes(reading: Reading, candidate: Candidate, context: Context, *, pointing: bool) -> bool:
    """Whether the sentence is a statement's, word for word, and of the same subject when it points back."""
    claim = candidate.claim
    return same_words(reading, claim.reading) and (not pointing or not context.slugs or bool(context.slugs & claim.slugs))


def _context(item: Checked, before: Context) -> Context:
    if item.judgement.verdict is Verdict.NOT_CHECKABLE:
        return before
    categories = frozenset(category.slug for category in item.reading.categories)
    claims = [candidate.claim for candidate in item.judgement.candidates[:1]]
    slugs = (item.reading.slugs - GENERAL) | frozenset(claim.own for claim in claims)
    said = item.said
    if is_pointing_only(item.reading):
        said = (before.said + said).last(_REMEMBERED)
    if not slugs:
        return replace(before, said=said)
    if is_pointing_only(item.reading):
        slugs |= before.slugs
    return Context(slugs, frozenset(claim.statement_id for claim in claims), categories, said)


def is_pointing_only(reading: Reading) -> bool:
    """Whether a sentence names no concept of its own, so that the one before is still meant."""
    return not reading.slugs - GENERAL
