"""Combinations of options such that each value of one option meets each value of every other at least once."""

import itertools


def pairs_of(combination):
    return set(itertools.combinations(sorted(combination.items()), 2))


def pairwise(factors):
    """`factors`: option → its values. Gives dictionaries option → value, few of them, the same ones every time."""
    open_pairs = {
        pair
        for (one, ones), (other, others) in itertools.combinations(sorted(factors.items()), 2)
        for pair in itertools.product([(one, value) for value in ones], [(other, value) for value in others])
    }
    while open_pairs:
        combination = dict(min(open_pairs))
        for factor in sorted(factors):
            if factor not in combination:
                combination[factor] = max(
                    factors[factor], key=lambda value: len(open_pairs & pairs_of({**combination, factor: value}))
                )
        open_pairs -= pairs_of(combination)
        yield combination


def named(factors):
    """A name and its options, for each combination; the values of a factor are options by their name, "" for the usual one."""
    for combination in pairwise({factor: list(values) for factor, values in factors.items()}):
        name = "+".join(sorted(filter(None, combination.values()))) or "default"
        yield name, [option for factor in factors for option in factors[factor][combination[factor]]]
