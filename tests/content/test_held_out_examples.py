"""What the examples are worth: each question is judged by the others, with all its own wordings held out."""

from collections.abc import Mapping

import pytest
from sqlmodel import Session

from api.grounding.ground import Grounding
from api.knowledge.language import load_language_file
from api.knowledge.questions import each_question
from api.search.examples import Example, Examples, example_entries
from api.search.index import Made
from api.search.prototypes import Prototypes
from api.search.stems import stem
from api.search.taught import typical_texts
from api.search.typical import prototype_entries

_FOLDS, _TRIED = 5, 2  # each fold is learned anew
_DEPTH = 5
_PLAINLY_OUTSIDE = 0.5
_LEAST = {"nearest": (0.54, 0.78, 0.5, 0.07), "in common": (0.58, 0.82, 0.62, 0.07)}


@pytest.fixture(scope="module")
def groups(grounding: Grounding, release_session: Session) -> list[list[Example]]:
    """The examples by question, and those of the language file one by one."""
    questions = list(each_question(release_session))

    def stems(text: str) -> tuple[str, ...]:
        return tuple(map(stem, grounding.search.words.rewriter.words(text)))

    made = []
    for question in questions:
        slugs = tuple(dict.fromkeys((question.topic.slug, *(concept.slug for concept in question.concepts))))
        made.append([Example(stems(wording), slugs) for wording in (question.text, *question.variants)])
    typed = load_language_file(release_session, "wordings")
    made += [[Example(stems(text), tuple(part["concepts"]))] for part in typed["inside"] for text in part["wordings"]]
    made += [[Example(stems(text), reason=part["reason"])] for part in typed["outside"] for text in part["wordings"]]
    return made


def test_held_out_questions_are_told_by_the_others(grounding: Grounding, groups: list[list[Example]]) -> None:
    stop_stems = grounding.search.words.stop_stems
    told: dict[str, list[tuple[Example, Mapping[str, float], bool]]] = {way: [] for way in _LEAST}
    for fold in range(_TRIED):
        taught = [example for number, group in enumerate(groups) if number % _FOLDS != fold for example in group]
        asked = [example for group in groups[fold::_FOLDS] for example in group]
        texts = [example.stems for example in asked]
        nearest = Examples(Made(example_entries(taught, stop_stems)), stop_stems).judge(texts)
        told["nearest"] += [
            (example, it.votes, it.outside >= _PLAINLY_OUTSIDE) for example, it in zip(asked, nearest, strict=True)
        ]
        common = Prototypes(Made(prototype_entries(typical_texts(taught), stop_stems)), stop_stems).resemblances(texts)
        told["in common"] += [(example, it.concepts, it.leaning > 0) for example, it in zip(asked, common, strict=True)]
    for way, least in _LEAST.items():
        shares = _shares(told[way])
        assert all(share >= bound for share, bound in zip(shares[:3], least[:3], strict=True)), (way, shares)
        assert shares[3] <= least[3], (way, shares)


def _shares(told: list[tuple[Example, Mapping[str, float], bool]]) -> tuple[float, ...]:
    """The first concept right, one of five right, refused of what is to be refused, refused of the rest."""
    first, among, refused, wrongly = [], [], [], []
    for example, weights, outside in told:
        if example.reason:
            refused.append(outside)
            continue
        best = sorted(weights, key=lambda slug: (-weights[slug], slug))[:_DEPTH]
        first.append(bool(best) and best[0] in example.concepts)
        among.append(bool(set(best) & set(example.concepts)))
        wrongly.append(outside)
    return tuple(sum(found) / len(found) for found in (first, among, refused, wrongly))
