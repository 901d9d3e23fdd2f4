"""Holds a chatbot's answer against the release, sentence by sentence. Deterministic, without a language model."""

from sqlmodel import Session

from api.knowledge.catalogue import Catalogue
from api.knowledge.language import load_language_file
from api.search.index import Index
from api.search.labels import LabelIndex
from api.search.near import WRITTEN
from api.verification.checking import Checked, Checking
from api.verification.dismissals import Dismissals
from api.verification.keys import Keys
from api.verification.lexicon import Lexicon
from api.verification.mending import Affixes, Mender
from api.verification.rankings import Rankings
from api.verification.reader import Reader
from api.verification.rules import Rules
from api.verification.sentences import split
from api.verification.shelf import Claims, Memory


class Verifier:
    """The words to hold answers against the claims of a release, which are in the index, and what is kept of the last ones."""

    def __init__(self, lexicon: Lexicon, dismissals: Dismissals, keys: Keys, rankings: Rankings) -> None:
        self._lexicon = lexicon
        self._dismissals = dismissals
        self._keys = keys
        self._rankings = rankings
        self._affixes = Affixes(lexicon.prefixes, lexicon.suffixes)
        self._memory = Memory()

    def check(self, answer: str, index: Index) -> list[Checked]:
        """Every sentence of the answer with its judgement; later sentences may point back to earlier ones."""
        labels = LabelIndex(index, WRITTEN)
        reader = Reader(self._lexicon, labels)
        sentences = split(answer, self._lexicon.abbreviations)
        meant = Mender(index, self._affixes).mended([sentence.text for sentence in sentences])
        readings = [reader.read(text.text) for text in meant]
        rules = Rules(Claims(index, self._memory), self._lexicon, labels)
        return Checking(self._lexicon, self._dismissals, self._keys, self._rankings, rules).all(sentences, meant, readings)


def load_verifier(session: Session, _catalogue: Catalogue) -> Verifier:
    """The language of the verifier; what the release tells stays in its index."""
    lexicon = Lexicon(load_language_file(session, "verification"))
    dismissals = Dismissals(load_language_file(session, "safety").get("rules", []), lexicon)
    keys, rankings = (load_language_file(session, name) for name in ("keys", "rankings"))
    return Verifier(lexicon, dismissals, Keys(keys, lexicon), Rankings(rankings, lexicon))
