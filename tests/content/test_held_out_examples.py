"""What the examples alone are worth: each question is judged by the others, with all its own wordings held out."""

import pytest
from sqlmodel import Session

from api.grounding.ground import Grounding
from api.knowledge.language import load_language_file
from api.knowledge.questions import all_questions
from api.knowledge.shared import all_statements
from api.search.examples import Example, Examples, example_entries
from api.search.index import Made
from api.search.stems import stem
from tests.conftest import Client

_FOLDS = 5
_DEPTH = 5
_PLAINLY_OUTSIDE = 0.5
_LEAST_FIRST, _LEAST_AMONG, _LEAST_REFUSED, _MOST_WRONGLY = 0.58, 0.82, 0.56, 0.1


@pytest.fixture(scope="module")
def groups(grounding: Grounding, client: Client, release_session: Session) -> list[list[Example]]:
    """The examples by question, and those of the language file one by one."""
    catalogue = client.app.state.serving.store().catalogue
    questions = all_questions(release_session, all_statements(release_session, catalogue))

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
    first, among, refused, wrongly = [], [], [], []
    for fold in range(_FOLDS):
        taught = [example for number, group in enumerate(groups) if number % _FOLDS != fold for example in group]
        stop_stems = grounding.search.words.stop_stems
        examples = Examples(Made(example_entries(taught, stop_stems)), stop_stems)
        asked = [example for group in groups[fold::_FOLDS] for example in group]
        for example, verdict in zip(asked, examples.judge([example.stems for example in asked]), strict=True):
            if example.reason:
                refused.append(verdict.outside >= _PLAINLY_OUTSIDE)
                continue
            best = sorted(verdict.votes, key=lambda slug: (-verdict.votes[slug], slug))[:_DEPTH]
            first.append(bool(best) and best[0] in example.concepts)
            among.append(bool(set(best) & set(example.concepts)))
            wrongly.append(verdict.outside >= _PLAINLY_OUTSIDE)
    shares = [sum(found) / len(found) for found in (first, among, refused, wrongly)]
    assert shares[0] >= _LEAST_FIRST, shares
    assert shares[1] >= _LEAST_AMONG, shares
    assert shares[2] >= _LEAST_REFUSED, shares
    assert shares[3] <= _MOST_WRONGLY, shares
