"""Holds a chatbot's answer against the release, sentence by sentence. Deterministic, without a language model."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.search.index import Entry, Index
from api.search.labels import LabelIndex
from api.search.near import WRITTEN
from api.search.spelling import Speller, speller_entries
from api.store.tables import StatementRow
from api.verification.attributes import Attributes
from api.verification.bands import Bands, load_bands
from api.verification.candidates import Candidate, Context, find_candidates
from api.verification.checkable import is_anaphoric, is_checkable, points_back
from api.verification.claims import Claim, Claims, load_claims
from api.verification.dismissals import Dismissals
from api.verification.judge import Judgement, Reason, Verdict, judge
from api.verification.keys import Keys, to_text
from api.verification.lexicon import Lexicon
from api.verification.names import load_all_names
from api.verification.plain_claims import PlainClaims, load_plain_claims
from api.verification.propositions import Propositions
from api.verification.reader import Reader
from api.verification.reading import GENERAL, Reading, same_words
from api.verification.sentences import Sentence, split
from api.verification.words import pieces

_FEW_WORDS = 2
_REMEMBERED = 60
_FEW_STRANGERS = 2
_WORD = "said"
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
    propositions: Propositions
    attributes: Attributes
    bands: Bands
    keys: Keys


class Verifier:
    """The claims of a release and the words to hold answers against them."""

    def __init__(self, lexicon: Lexicon, claims: Claims, plain: PlainClaims, rules: Rules) -> None:
        self._rules = rules
        self._lexicon = lexicon
        self._claims = claims
        self._plain = plain

    def check(self, answer: str, index: Index) -> list[Checked]:
        """Every sentence of the answer with its judgement; later sentences may point back to earlier ones."""
        reader = Reader(self._lexicon, LabelIndex(index, WRITTEN), Speller(index, _WORD))
        sentences = split(answer, self._claims.abbreviations)
        reader.foresee(sentence.text for sentence in sentences)
        context = Context()
        checked = []
        for sentence in sentences:
            item = self._check(sentence, reader.read(sentence.text), context)
            context = _context(item, context)
            checked.append(item)
        return checked

    def _check(self, sentence: Sentence, reading: Reading, context: Context) -> Checked:
        lexicon = self._lexicon
        if not is_checkable(sentence.text, reading, lexicon, self._claims):
            return Checked(sentence, reading, Judgement(Verdict.NOT_CHECKABLE, Reason.NO_CLAIM))
        pointing = is_anaphoric(reading, lexicon) or not reading.slugs - GENERAL
        candidates = find_candidates(reading, context, pointing, self._claims, lexicon)
        quoted = next((item for item in candidates if _quotes(reading, item, context, pointing=pointing)), None)
        if quoted:
            return Checked(sentence, reading, Judgement(Verdict.SUPPORTED, Reason.SAME, (quoted,)))
        wrong = self._plainly_wrong(sentence.text, reading, context, candidates, pointing=pointing)
        if wrong:
            return Checked(sentence, reading, wrong)
        adrift = (
            not context.slugs
            and not reading.slugs - GENERAL
            and (points_back(reading, lexicon) or is_anaphoric(reading, lexicon) or _says_little(reading))
        )
        judged = judge(reading, candidates, self._claims.weight_of, adrift=adrift)
        wrong = self._against_a_key(sentence, reading, judged, candidates, context if pointing else Context())
        return Checked(sentence, reading, wrong or judged)

    def _plainly_wrong(
        self, text: str, reading: Reading, context: Context, candidates: list[Candidate], *, pointing: bool
    ) -> Judgement | None:
        before = context.slugs if pointing else frozenset()
        grounds = self._plain.wrong_nature(reading, before)
        if grounds:
            return _contradicted(grounds.claim, Reason.DIRECTION_DIFFERS)
        grounds = self._plain.wrong_meaning(reading, context.categories if pointing else frozenset())
        if grounds:
            return _contradicted(grounds.claim, Reason.CATEGORY_DIFFERS)
        claim = self._rules.dismissals.against(text, reading) or self._rules.propositions.against(reading, before, candidates)
        if claim:
            return _contradicted(claim, Reason.DIRECTION_DIFFERS)
        claim = self._rules.bands.against(reading, _categories(context) if pointing else frozenset())
        if claim:
            return _contradicted(claim, Reason.FIGURE_DIFFERS)
        claim = self._rules.attributes.against(reading, before)
        return _contradicted(claim, Reason.ATTRIBUTE_DIFFERS) if claim else None

    def _against_a_key(
        self, sentence: Sentence, reading: Reading, judged: Judgement, candidates: list[Candidate], context: Context
    ) -> Judgement | None:
        """What keys say where nothing else contradicts; figures another statement tells are left to that one."""
        if judged.verdict is Verdict.CONTRADICTED:
            return None
        objection = self._rules.keys.against(to_text(sentence.text), context.said, reading)
        if not objection:
            return None
        key, claim = objection.key, self._claims.first_of(objection.key.statement_id)
        backed = frozenset(candidate.claim.statement_id for candidate in judged.candidates)
        if key.of_figures and judged.reason is Reason.FIGURES_AGREE and key.statement_id not in backed:
            return None
        if key.of_figures and _strangers(reading, claim) > (_FEW_STRANGERS if objection.alone else 0):
            return None
        if judged.reason is Reason.NOTHING_CLOSE and all(item.claim.statement_id != key.statement_id for item in candidates):
            return None
        if judged.verdict is Verdict.UNSUPPORTED and not claim.slugs & (reading.slugs | context.slugs):
            return None
        return _contradicted(claim, Reason.FIGURE_DIFFERS if key.of_figures else Reason.ATTRIBUTE_DIFFERS)


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
    said = to_text(item.sentence.text)
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


def load_verifier(session: Session, _catalogue: Catalogue) -> Verifier:
    """The verifier of the release."""
    lexicon = Lexicon(load_language_file(session, "verification"))
    claims = load_claims(session, Reader(lexicon, load_all_names(session)))
    rules = Rules(
        Dismissals(load_language_file(session, "safety").get("rules", []), claims, lexicon),
        Propositions(claims, lexicon),
        Attributes(claims, lexicon),
        load_bands(session, claims),
        Keys(load_language_file(session, "keys"), lexicon),
    )
    return Verifier(lexicon, claims, load_plain_claims(session, claims, lexicon), rules)


def verification_entries(session: Session, _catalogue: Catalogue) -> Iterator[Entry]:
    """The words of names and statements, towards which typing errors are repaired."""
    lexicon = Lexicon(load_language_file(session, "verification"))
    names = load_all_names(session)
    return speller_entries(_WORD, _vocabulary(session, names.vocabulary, lexicon))


def _vocabulary(session: Session, names: set[str], lexicon: Lexicon) -> dict[str, int]:
    counts: dict[str, int] = dict.fromkeys(sorted(names | lexicon.known_words), 1)
    for text in session.exec(select(StatementRow.text)).all():
        for piece in pieces(text):
            if piece.kind == "word":
                counts[piece.norm] = counts.get(piece.norm, 0) + 1
    return counts
