"""What may be told without telling of a few: against an attacker who solves for everything hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.notify.core.disclosure import Figure, tellable
from services.notify.core.privacy import too_few


def people(first: int, number: int) -> frozenset[str]:
    return frozenset(f"w{first + each}" for each in range(number))


def table(rows: int, columns: int) -> list[Figure]:
    """Cells of a table, its lines both ways, and the whole."""
    cells = [[row * columns + column for column in range(columns)] for row in range(rows)]
    figures = [frozenset((cell,)) for row in cells for cell in row]
    figures += [frozenset(row) for row in cells]
    figures += [frozenset(line) for line in zip(*cells, strict=True)]
    return [*dict.fromkeys((*figures, frozenset(range(rows * columns))))]


def few(workers: list[frozenset[str]], figure: Iterable[int]) -> bool:
    return too_few(len(frozenset().union(*(workers[cell] for cell in figure))))


def can_be_computed(figure: Figure, told: Collection[Figure], cells: int) -> bool:
    """Whether the figure is a linear combination of what is told: elimination in exact fractions."""
    pivots: dict[int, list[Fraction]] = {}

    def reduced(row: list[Fraction]) -> list[Fraction]:
        for column, pivot in pivots.items():
            if factor := row[column]:
                row = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        return row

    for each in told:
        row = reduced([Fraction(cell in each) for cell in range(cells)])
        if (lead := next((column for column, value in enumerate(row) if value), None)) is not None:
            row = [value / row[lead] for value in row]
            for column, pivot in pivots.items():
                if factor := pivot[lead]:
                    pivots[column] = [a - factor * b for a, b in zip(pivot, row, strict=True)]
            pivots[lead] = row
    return not any(reduced([Fraction(cell in figure) for cell in range(cells)]))


def test_a_lone_small_cell_takes_the_smallest_of_its_line_with_it() -> None:
    workers = [people(0, 4), people(100, 30), people(200, 20)]
    whole, small, large, middle = (frozenset(each) for each in ((0, 1, 2), (0,), (1,), (2,)))
    assert tellable(workers, [whole, small, large, middle]) == {whole, large}


def test_small_cells_that_are_many_together_need_no_other() -> None:
    workers = [people(0, 6), people(100, 6), people(200, 20)]
    whole = frozenset((0, 1, 2))
    told = tellable(workers, [whole, *(frozenset((cell,)) for cell in range(3))])
    assert told == {whole, frozenset((2,))}


def test_small_cells_of_the_same_few_workers_are_few_together() -> None:
    workers = [people(0, 6), people(0, 6), people(200, 20)]
    told = tellable(workers, [frozenset((0, 1, 2)), *(frozenset((cell,)) for cell in range(3))])
    assert told == {frozenset((0, 1, 2))}


def test_cells_of_nobody_are_told_and_hide_nobody() -> None:
    workers = [frozenset[str](), people(0, 4), frozenset[str]()]
    told = tellable(workers, [frozenset((0, 1, 2)), *(frozenset((cell,)) for cell in range(3))])
    assert told == {frozenset((0,)), frozenset((2,))}  # the whole would tell of the four


def test_crossing_totals_do_not_give_away_what_each_of_them_hides() -> None:
    workers = [people(100 * cell, size) for cell, size in enumerate((4, 40, 40, 40, 4, 40, 40, 40, 40))]
    told = tellable(workers, table(3, 3))
    for cell in (0, 4):
        assert not can_be_computed(frozenset((cell,)), told, 9)


sizes = st.integers(0, 14)
shapes = st.sampled_from([(1, 3), (2, 2), (2, 3), (3, 3)])


@st.composite
def populations(draw: st.DrawFn) -> tuple[list[frozenset[str]], list[Figure]]:
    rows, columns = draw(shapes)
    workers = [
        people(draw(st.integers(0, 10)), draw(sizes) + draw(st.sampled_from([0, 20])) * draw(st.booleans()))
        for _ in range(rows * columns)
    ]
    return workers, table(rows, columns)


@settings(max_examples=300)
@given(populations())
def test_no_figure_of_few_workers_is_told_or_can_be_computed(
    population: tuple[list[frozenset[str]], list[Figure]],
) -> None:
    workers, figures = population
    told = tellable(workers, figures)
    for figure in figures:
        if few(workers, figure):
            assert figure not in told
            assert not can_be_computed(figure, told, len(workers))
    known = frozenset().union(*(figure for figure in told if len(figure) == 1))
    rests = [figure - known for figure in told]
    assert not any(few(workers, rest) for rest in rests)
    for one, other in combinations(rests, 2):
        if one < other or other < one:
            assert not few(workers, one ^ other)


@settings(max_examples=100)
@given(populations())
def test_everything_is_told_where_nothing_is_small(
    population: tuple[list[frozenset[str]], list[Figure]],
) -> None:
    workers, figures = population
    if not any(few(workers, (cell,)) for cell in range(len(workers))):
        assert tellable(workers, figures) == set(figures)


@given(populations())
def test_the_same_table_is_decided_the_same_way_whatever_order_its_figures_come_in(
    population: tuple[list[frozenset[str]], list[Figure]],
) -> None:
    workers, figures = population
    assert tellable(workers, figures) == tellable(workers, figures[::-1])
