"""Sentences cut into clauses: values by scale, denials, and which clauses differ in a single value."""

from api.verification.clauses import Clause, clauses_of, else_alike, of_same_word
from api.verification.reader import Reader
from api.verification.surroundings import around


def clauses(reader: Reader, text: str) -> list[Clause]:
    return clauses_of(reader.read(text), reader.lexicon)


def test_each_clause_keeps_its_own_values(reader: Reader) -> None:
    first, second = clauses(reader, "The rods are thick but the lines are thin.")
    assert first.values["thickness"] == {1}
    assert second.values["thickness"] == {-1}


def test_denied_value_is_the_other_one(reader: Reader) -> None:
    (clause,) = clauses(reader, "It does not raise the risk.")
    assert clause.values["direction"] == {-1}
    assert clause.denials == clause.denials_of_all == 1


def test_denied_thing_is_no_denied_verb(reader: Reader) -> None:
    (clause,) = clauses(reader, "No biopsy is needed.")
    assert (clause.denials, clause.denials_of_all) == (0, 1)


def test_denial_within_a_direction_is_part_of_it(reader: Reader) -> None:
    (clause,) = clauses(reader, "Deodorant should not be used.")
    assert clause.values["use"] == {-1}
    assert clause.denials == 0


def test_two_turned_values_say_the_same(reader: Reader) -> None:
    (low,) = clauses(reader, "Low grade disease is seldom palpable.")
    (high,) = clauses(reader, "High grade disease is often palpable.")
    assert not else_alike(low, high, "grade")
    assert else_alike(low, low, "grade")


def test_word_denied_on_one_side_only(reader: Reader) -> None:
    (denied,) = clauses(reader, "The marker was not removed.")
    (plain,) = clauses(reader, "The marker was removed.")
    assert of_same_word(denied, plain)
    assert not of_same_word(plain, plain)


def test_brackets_after_a_figure_take_up_no_room(reader: Reader) -> None:
    reading = reader.read("In a review 13% (95% CI 7 to 20) of coarse shapes were malignant.")
    share = next(quantity for quantity in reading.quantities if quantity.dimension == "share")
    assert "=cancer" in around(reading, share.first, share.after)


def test_aside_is_no_word_of_the_field(reader: Reader) -> None:
    assert "=contrast" not in {term.key for term in reader.read("Low mood, by contrast, was common.").terms}
