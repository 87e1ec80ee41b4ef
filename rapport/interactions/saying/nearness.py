"""Whether two words are the same but for a slip of the hand."""

from __future__ import annotations


def slips(one: str, other: str, most: int = 2) -> int:
    """How many letters are wrong, missing, too many or swapped with their neighbour; at most `most` + 1 is counted."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    previous: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, previous, row = previous, row, [i]
        for j, second in enumerate(other, start=1):
            cost = 0 if letter == second else 1
            best = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == second:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def slips_allowed(word: str, stands_alone: bool = True) -> int:
    """How many slips a word of this length may have: short names standing alone are too alike for any."""
    if len(word) < (4 if stands_alone else 3):
        return 0
    return 1 if len(word) < 8 else 2
