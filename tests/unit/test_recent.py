"""At most so many things stay, and the one unused for longest goes first."""

from api.recent import Recent


def test_the_one_unused_for_longest_goes() -> None:
    recent = Recent[str, int](2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)


def test_never_more_than_so_many() -> None:
    recent = Recent[int, int](10)
    for number in range(1_000):
        recent.put(number, number)
    assert len(recent) == 10
