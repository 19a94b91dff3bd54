"""Every form of the sample export cut, and with bits flipped."""

import random

from forms import CHECKED, all_forms, first_piece, rows_of
from law import OrRefused


def damage(judge, rounds, seed):
    """`rounds`: cuts and flips of each form; 0 for each byte."""
    for form, data in all_forms().items():
        for pipe in (False, True):
            whole = judge.run(data, form, pipe)
            judge.hold(f"{form}{' from a pipe' if pipe else ''}, whole", whole, 66 if pipe and form.endswith(".7z") else named(form, pipe))
        dice = random.Random(f"{seed} {form}")
        cut(judge, form, data, places(dice, len(data), rounds))
        flip(judge, form, data, places(dice, len(data), rounds), dice)


def places(dice, length, rounds):
    return range(length) if rounds == 0 else sorted(dice.sample(range(length), min(rounds, length)))


def cut(judge, form, data, where):
    for number, length in enumerate(where):
        pipe = number % 2 == 1
        # Without a name a tar that was cut within its first path, or anything cut to a letter, is a line of text like any other.
        is_text = pipe and (length == 1 or form.endswith(".tar") and length < 25)
        # Cut between two pieces, each of which is a whole file, it is a whole file as well.
        is_whole = form.startswith("two-pieces") and length == first_piece(form)
        outcome = judge.run(data[:length], form, pipe)
        judge.hold(f"{form} cut to {length} of {len(data)}{' from a pipe' if pipe else ''}", outcome, None if is_text or is_whole else OrRefused(named(form, pipe)))


def flip(judge, form, data, where, dice):
    for number, index in enumerate(where):
        pipe = number % 2 == 1
        bit = dice.randrange(8)
        damaged = bytearray(data)
        damaged[index] ^= 1 << bit
        outcome = judge.run(bytes(damaged), form, pipe)
        # Without checksums another letter is another row; the command can then only be lawful.
        judge.hold(f"{form} bit {bit} of byte {index} of {len(data)}{' from a pipe' if pipe else ''}", outcome, OrRefused(named(form, pipe)) if form in CHECKED else None)


def named(form, pipe):
    """A lone file has its table's name from its own, or from none."""
    return {"stdin" if pipe and name == "two-pieces" else name: lines for name, lines in rows_of(form).items()}
