"""Words that are one letter off."""

from __future__ import annotations


def is_one_letter_off(word: str, right: str) -> bool:
    """Whether one letter is missing, too many, wrong, or has changed places with the next."""
    shortest = min(len(word), len(right))
    same = next((n for n in range(shortest) if word[n] != right[n]), shortest)
    rest, right_rest = word[same:], right[same:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return word != right and (
        rest[1:] == right_rest[1:] or rest == right_rest[1:] or rest[1:] == right_rest or swapped == right_rest
    )
