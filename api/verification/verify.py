"""Holds a chatbot's answer against the release, sentence by sentence. Deterministic, in memory, without a language model."""

from dataclasses import dataclass

from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.search.index import Made
from api.search.labels import LabelIndex, load_names, name_entries
from api.search.spelling import Speller, speller_entries
from api.verification.attributes import Attributes
from api.verification.bands import Bands, load_bands
from api.verification.candidates import Candidate, Context, find_candidates
from api.verification.checkable import is_anaphoric, is_checkable, points_back
from api.verification.claims import Claim, Claims, load_claims
from api.verification.directions import Directions
from api.verification.dismissals import Dismissals
from api.verification.judge import Judgement, Reason, Verdict, judge
from api.verification.lexicon import Lexicon
from api.verification.plain_claims import PlainClaims, load_plain_claims
from api.verification.ranking import Ranking, load_ranking
from api.verification.reader import Reader
from api.verification.reading import GENERAL, Reading, same_words
from api.verification.sentences import Sentence, split

_FEW_WORDS = 2
_ANYTHING = frozenset({"=cancer", "=benign"})


@dataclass(frozen=True)
class Checked:
    """A sentence, how it was read, and the judgement."""

    sentence: Sentence
    reading: Reading
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Rules:
    """Kinds of claim that are held against typed data or against all that is told of one subject."""

    dismissals: Dismissals
    ranking: Ranking
    directions: Directions
    attributes: Attributes
    bands: Bands


class Verifier:
    """The claims of a release and the words to hold answers against them."""

    def __init__(self, reader: Reader, claims: Claims, plain: PlainClaims, rules: Rules) -> None:
        self._rules = rules
        self._reader = reader
        self._claims = claims
        self._plain = plain

    def check(self, answer: str) -> list[Checked]:
        """Every sentence of the answer with its judgement; later sentences may point back to earlier ones."""
        context = Context()
        checked = []
        for sentence in split(answer, self._claims.abbreviations):
            item = self._check(sentence, context)
            context = _context(item, context)
            checked.append(item)
        return checked

    def _check(self, sentence: Sentence, context: Context) -> Checked:
        reading = self._reader.read(sentence.text)
        lexicon = self._reader.lexicon
        if not is_checkable(sentence.text, reading, lexicon, self._claims):
            return Checked(sentence, reading, Judgement(Verdict.NOT_CHECKABLE, Reason.NO_CLAIM))
        pointing = is_anaphoric(reading, lexicon) or not reading.slugs - GENERAL
        candidates = find_candidates(reading, context, pointing, self._claims, lexicon)
        quoted = next((item for item in candidates if _quotes(reading, item, context, pointing=pointing)), None)
        if quoted:
            return Checked(sentence, reading, Judgement(Verdict.SUPPORTED, Reason.SAME, (quoted,)))
        wrong = self._plainly_wrong(sentence.text, reading, context, pointing=pointing)
        if wrong:
            return Checked(sentence, reading, wrong)
        adrift = (
            not context.slugs
            and not reading.slugs - GENERAL
            and (points_back(reading, lexicon) or is_anaphoric(reading, lexicon) or _says_little(reading))
        )
        return Checked(sentence, reading, judge(reading, candidates, self._claims.weight_of, adrift=adrift))

    def _plainly_wrong(self, text: str, reading: Reading, context: Context, *, pointing: bool) -> Judgement | None:
        before = context.slugs if pointing else frozenset()
        grounds = self._plain.wrong_nature(reading, before)
        if grounds:
            return _contradicted(grounds.claim, Reason.DIRECTION_DIFFERS)
        grounds = self._plain.wrong_meaning(reading, context.categories if pointing else frozenset())
        if grounds:
            return _contradicted(grounds.claim, Reason.CATEGORY_DIFFERS)
        claim = (
            self._rules.dismissals.against(text, reading)
            or self._rules.ranking.against(reading)
            or self._rules.directions.against(reading, before)
        )
        if claim:
            return _contradicted(claim, Reason.DIRECTION_DIFFERS)
        claim = self._rules.bands.against(reading, _categories(context) if pointing else frozenset())
        if claim:
            return _contradicted(claim, Reason.FIGURE_DIFFERS)
        claim = self._rules.attributes.against(reading, before)
        return _contradicted(claim, Reason.ATTRIBUTE_DIFFERS) if claim else None


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
    if not slugs:
        return before
    if is_pointing_only(item.reading):
        slugs |= before.slugs
    return Context(slugs, frozenset(claim.statement_id for claim in claims), categories)


def is_pointing_only(reading: Reading) -> bool:
    """Whether a sentence names no concept of its own, so that the one before is still meant."""
    return not reading.slugs - GENERAL


def load_verifier(session: Session, catalogue: Catalogue) -> Verifier:
    """The verifier of the release. Typing errors are repaired towards the words of the statements."""
    lexicon = Lexicon(load_language_file(session, "verification"))
    entries = dict(name_entries("", load_names(session)))
    labels = LabelIndex(Made(entries.items()), "")
    reader = Reader(lexicon, labels)
    claims = load_claims(session, catalogue, reader)
    names = {word for key in entries for word in key.removeprefix("/").split(" ")}
    reader.speller = Speller(Made(speller_entries("", _vocabulary(claims, names, lexicon))), "")
    rules = Rules(
        Dismissals(load_language_file(session, "safety").get("rules", []), claims, lexicon),
        load_ranking(session, claims),
        Directions(claims),
        Attributes(claims, lexicon),
        load_bands(session, claims),
    )
    return Verifier(reader, claims, load_plain_claims(session, claims, lexicon), rules)


def _vocabulary(claims: Claims, names: set[str], lexicon: Lexicon) -> dict[str, int]:
    counts: dict[str, int] = dict.fromkeys(sorted(names | lexicon.known_words), 1)
    for claim in claims.all:
        for piece in claim.reading.pieces:
            if piece.kind == "word":
                counts[piece.norm] = counts.get(piece.norm, 0) + 1
    return counts
