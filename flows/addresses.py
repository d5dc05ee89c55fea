"""Addresses of cells as Excel writes them. Rows and columns count from 0 everywhere else."""

from __future__ import annotations


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """The address of a cell as Excel writes it; rows and columns count from 0."""
    return f"{column_letters(column)}{row + 1}"


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of an address (D17), from 0."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, column_number(letters)
