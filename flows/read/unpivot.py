"""A table becomes records, one a cell, whatever its layout; what cannot become one becomes a finding.

A measure column names some dimensions in its header; the rest come from the row, from the block
heading above it, or from the table's surroundings, the narrowest place first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from flows.read.columns import Column
from flows.read.context import read_context
from flows.read.dates import (
    MONTH_NAMES,
    day_of_number,
    end_of_month_number,
    find_dates,
    leads_to_month,
    may_be_month_first,
    month_of_series,
    without_dates,
)
from flows.read.layout import Table
from flows.read.ledger import Clerk, Ledger
from flows.read.months import find_months, month_in, without_months
from flows.read.notes import refuse_by_notes
from flows.read.regions import NO_REGION, RegionBook
from flows.read.rows import RowReader, Rows
from flows.read.said import Context
from flows.read.said_time import date_texts
from flows.read.times import EPOCH, Found, complete_months, end_of_month
from flows.read.totals import check_totals, column_sums
from flows.read.values import NOTHING, NUMBER, MeasureColumn, Measures, read_measures
from flows.read.words import years_in
from flows.read.workbook import Cell, is_blank, shown
from flows.records import FOUND_IN, Cells, Finding, SourceColumn, TableAccount
from schemas.kind import Dimension

_LISTED = re.compile(r"^\s*\d{1,2}\s*[-.)]\s*(?=[A-Za-z])")  # "01 - PENERIMA UPAH"
# Beside a month or a year in a row these change nothing of its figures.
_BESIDE_TIMES = {"akhir", "end", "of", "sementara", "tetap", "final", "revisi", "angka", "hasil", "survei", "survey",
                 "semester", "triwulan", "kuartal", "quarter", "iii"}  # fmt: skip


@dataclass(frozen=True)
class TableReading:
    """What one table gave: its loaded cells (None: none), what was understood of it, and the findings on the way.

    `refused` are the cells that were refused for their value alone; `sums` the column sums of its regions.
    """

    cells: Cells | None
    refused: Cells | None
    account: TableAccount
    columns: list[SourceColumn]
    findings: list[Finding]
    aliases: set[str]
    sums: np.ndarray


def unpivot(
    table: Table, book: RegionBook, ledger: Ledger, file_name: str,
    halves: Sequence[Table] = (), before: Sequence[TableReading] = (),
) -> TableReading:  # fmt: skip
    """Read one table; `halves` are the others of a list that goes on beside it, `before` those at its left, read."""
    clerk = Clerk(ledger, table.sheet, table.first_row, [column.number for column in table.columns])
    context = read_context(table, book, file_name)
    _book_surroundings(table, clerk)
    reader = RowReader(table, book, clerk, halves)
    rows = reader.read() if table.names_regions else reader.read_rows_of(context.region)
    refuse_by_notes(table, book, clerk, rows.region, context)
    _hear_totals(table, rows, context)
    wanted = rows.region != NO_REGION
    wanted[[total.index for total in rows.totals]] = True
    measures = read_measures(table, wanted, context.scale, context.other_scale, clerk)
    cells, refused = _records(table, measures, rows, context, file_name, clerk)
    _book_labels(table, rows, clerk)
    at_left = np.sum([half.sums for half in before], axis=0) if before else None
    totals = check_totals(table, measures, rows, book, at_left)
    scales = {column.column.number: column.scale for column in measures.columns}
    findings = context.findings + clerk.findings + totals
    account, columns = _account(table, cells, book), _source_columns(table, scales)
    return TableReading(cells, refused, account, columns, findings, rows.aliases, column_sums(measures, rows))


def _hear_totals(table: Table, rows: Rows, context: Context) -> None:
    """Put in doubt of whom a list is that says so only in its last row ("Jumlah PU")."""
    for name, members in rows.said_by_totals.items():
        is_said = name in context.titled or name in table.named_by_headers
        if not (is_said or table.carrier(name)):
            context.unclear.setdefault(name, sorted(members))


def _account(table: Table, cells: Cells | None, book: RegionBook) -> TableAccount:
    first, last = table.columns[0].number, table.columns[-1].number
    corners = (table.sheet.address(table.header_top, first), table.sheet.address(table.last_row, last))
    place = ":".join(corners)
    kind = table.lexicon.kind
    times: tuple[tuple[str, str], ...] = ()
    regions: tuple[str, ...] = ()
    if cells is not None:
        packed = np.unique(cells.fields[kind.time.name] * len(FOUND_IN) + cells.fields["time_found_in"])
        found = [divmod(each, len(FOUND_IN)) for each in packed.tolist()]
        times = tuple((_time_text(kind.time, time), FOUND_IN[place]) for time, place in found)
        regions = tuple(book.regions[place].code for place in dict.fromkeys(cells.fields["region"].tolist()))
    return TableAccount(table.sheet.number, table.sheet.name, table.number, kind.name, place, times, regions)


def _time_text(time: Dimension, code: int) -> str:
    return (EPOCH + timedelta(days=code)).isoformat() if time.reads == "date" else str(code)


def concatenate(kind: str, parts: list[Cells]) -> Cells:
    """One batch of cells out of several of the same kind."""
    return Cells(kind, {name: np.concatenate([part.fields[name] for part in parts]) for name in parts[0].fields})


def _book_surroundings(table: Table, clerk: Clerk) -> None:
    """Header, titles, notes, and the columns that are left out by name or not understood."""
    span = slice(table.columns[0].number, table.columns[-1].number + 1)
    clerk.ledger.book(slice(table.header_top, table.first_row), span, "header")
    for texts, rule in ((table.above, "title"), (table.below, "note")):
        for text in texts:
            if text.row >= 0:
                clerk.ledger.whole.book([text.row], text.column, "furniture", rule)
    body = slice(table.first_row, table.last_row + 1)
    for column in table.columns:
        if column.role in ("ignored", "part") and clerk.ledger.book(body, column.number, "ignored"):
            if column.role == "part":
                clerk.find("part_column", table.header_top, column.number, column.header_text)
        elif column.role == "measure" and column.understanding.respelled:
            said = column.understanding.respelled
            clerk.find("header_respelled", table.header_top, column.number, column.header_text, read=said)
        elif column.role == "unknown" and clerk.ledger.book(body, [column.number], "refused"):
            _say_why_unknown(table, column, clerk)


def _say_why_unknown(table: Table, column: Column, clerk: Clerk) -> None:
    if words := ", ".join(column.understanding.leftover):
        clerk.find("unknown_column", table.header_top, column.number, column.header_text, words=words)
    else:
        known = ", ".join(measure.title for measure in table.lexicon.kind.measures)
        clerk.find("column_without_measure", table.header_top, column.number, column.header_text, known=known)


def _book_labels(table: Table, rows: Rows, clerk: Clerk) -> None:
    """The labels of rows: part of the header where they are understood, else their rows are refused."""
    if table.label_column is None:
        return
    known = {column.label for column in table.measures}
    values = [column.number for column in table.columns if column.role == "value"]
    for index in np.flatnonzero(rows.region != NO_REGION).tolist():
        label = table.labels[index]
        if label in known:
            clerk.book_cells(np.array([index]), table.label_column, "header")
        elif any(not is_blank(table.body[index][column]) for column in values):
            clerk.refuse_row("label_unknown", index, table.label_column, shown(label))


def _source_columns(table: Table, scales: dict[int, int]) -> list[SourceColumn]:
    kind = table.lexicon.kind
    field_of = {"region": kind.key.name, "code": kind.key.name, "ignored": "ignored", "part": "ignored", "unknown": "",
                "label": "label", "class": kind.key.name, "year": kind.time.name, "heading": "heading"}  # fmt: skip
    columns = []
    for column in (*(column for column in table.columns if column.role not in ("measure", "value")), *table.measures):
        said = column.understanding
        name = field_of.get(column.role, said.carries)
        if column.role == "measure":
            name = " ".join([said.measure, *(value for _, value in sorted(said.members.items()))])
        columns.append(
            SourceColumn(table.sheet.number, table.sheet.name, table.number, table.sheet.line(column.number), name,
                         column.header_text, scales.get(column.number, 1))
        )  # fmt: skip
    return columns


def _records(
    table: Table, measures: Measures, rows: Rows, context: Context, file_name: str, clerk: Clerk
) -> tuple[Cells | None, Cells | None]:
    """The cells of a table that hold a number for a region, with every dimension; and those whose value was refused."""
    kind = table.lexicon.kind
    read = measures.columns
    row, nth = np.nonzero((measures.state.T != NOTHING) & (rows.region != NO_REGION)[:, None])
    is_number = measures.state[nth, row] == NUMBER
    dimensions: dict[str, np.ndarray] = {}
    time_found_in = np.zeros(len(row), np.int8)
    usable = np.ones(len(row), bool)
    for dimension in kind.dimensions:
        codes, found_in = _dimension_codes(table, dimension, read, rows, row, nth, context, clerk)
        dimensions[dimension.name] = codes
        if dimension is kind.time:
            time_found_in = found_in
    if kind.time.reads == "date":
        _refuse_against_title(table, dimensions[kind.time.name], time_found_in, context)
        usable = complete_months(Found(table, read, rows, row, nth, is_number, dimensions), file_name, clerk)
    for dimension in kind.dimensions:
        codes = dimensions[dimension.name]
        unusable = usable & (codes < 0)
        if unusable.any():
            for column in np.unique(nth[unusable & is_number]).tolist():
                refused = row[unusable & is_number & (nth == column)]
                _refuse_for(table, dimension, read[column].column, refused, context, clerk)
            usable &= ~unusable
    codes_of = dimensions | {"time_found_in": time_found_in}
    numbers, others = usable & is_number, usable & ~is_number
    if numbers.any():
        columns = np.array([column.column.number for column in read], np.int16)
        clerk.ledger.book_each(table.first_row + row[numbers], columns[nth[numbers]], "loaded")
    return (
        _cells_at(table, measures, rows, row, nth, codes_of, numbers),
        _refused_at(table, measures, rows, row, nth, codes_of, others),
    )


def _refuse_against_title(table: Table, codes: np.ndarray, found_in: np.ndarray, context: Context) -> None:
    """Rows that are all later than the one day of the title ("per 31 Oktober 2025") are dated by something else; and
    columns of one day alone contradict a title that says another."""
    known = np.unique(codes[codes >= 0])
    is_by_row = table.carrier(table.lexicon.kind.time.name) is not None
    is_by_header = len(known) == 1 and bool((found_in == FOUND_IN.index("header")).all())
    titled = date_texts(table) if known.size and (is_by_row or is_by_header) else []
    days = {found.day for _, found in titled}
    day = next(iter(days), None)
    if len(days) != 1 or day is None:
        return
    first = EPOCH + timedelta(days=int(known[0]))
    is_other = (day.year, day.month) != (first.year, first.month) and leads_to_month(titled[0][0].words)
    if known[0] > end_of_month(day) if is_by_row else is_other:
        context.refuse("date_contradiction", table.sheet.name, titled[0][0], one=titled[0][1].words,
                       other=first.isoformat())  # fmt: skip
        codes[:] = -1


def _cells_at(
    table: Table, measures: Measures, rows: Rows, row: np.ndarray, nth: np.ndarray, codes: dict[str, np.ndarray],
    chosen: np.ndarray,
) -> Cells | None:  # fmt: skip
    """The chosen ones of some cells (`row`, `nth` measure column, and their `codes`); None where there are none."""
    if not chosen.any():
        return None
    if not chosen.all():
        row, nth = row[chosen], nth[chosen]
        codes = {name: values[chosen] for name, values in codes.items()}
    kind, sheet, read = table.lexicon.kind, table.sheet, measures.columns
    columns = np.array([column.column.number for column in read], np.int32)
    cell_row, cell_column = sheet.place(table.first_row + row, columns[nth])
    hidden_row = np.zeros(len(sheet.rows), bool)
    hidden_row[[hidden for hidden in sheet.hidden_rows if hidden < len(hidden_row)]] = True
    hidden_column = np.array([column.column.number in sheet.hidden_columns for column in read])
    fields = {
        "sheet_no": np.full(len(row), sheet.number, np.int16),
        "table_no": np.full(len(row), table.number, np.int16),
        "cell_row": cell_row.astype(np.int32),
        "cell_column": cell_column.astype(np.int16),
        "region": rows.region[row],
        "measure": np.array([kind.measures.index(column.measure) for column in read], np.int8)[nth],
        "value": measures.value[nth, row],
        "number": measures.number[nth, row],
        "text": measures.text[nth, row],
        "step": measures.step[nth, row],
        "is_hidden": hidden_row[table.first_row + row] | hidden_column[nth] | sheet.is_hidden,
    }
    return Cells(kind.name, fields | codes)


def _refused_at(
    table: Table, measures: Measures, rows: Rows, row: np.ndarray, nth: np.ndarray, codes: dict[str, np.ndarray],
    chosen: np.ndarray,
) -> Cells | None:  # fmt: skip
    """Cells that were refused for their value: without one, and with what they show as text."""
    cells = _cells_at(table, measures, rows, row, nth, codes, chosen)
    if cells is None:
        return None
    columns = [measures.columns[column].column.number for column in nth[chosen].tolist()]
    texts = [shown(table.body[index][column]) for index, column in zip(row[chosen].tolist(), columns, strict=True)]
    is_text = np.isnan(cells.fields["number"])
    cells.fields["text"][is_text] = np.array(texts, object)[is_text]
    cells.fields["value"][:] = np.nan
    return cells


def _dimension_codes(
    table: Table, dimension: Dimension, read: list[MeasureColumn], rows: Rows,
    row: np.ndarray, nth: np.ndarray, context: Context, clerk: Clerk,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """One dimension of every cell (`row`, `nth` measure column) as a code, -1: not known; and where it was found."""
    if (carrier := table.carrier(dimension.name)) is not None:
        is_time = dimension is table.lexicon.kind.time
        values = _filled_down(table, carrier.number, rows) if is_time else table.spread(carrier.number)
        values = _filled_by_block(values, rows.region)
        texts = [cell for cell in set(values) if type(cell) is str]
        code_of = {value: _code(table, dimension, _in_full(value, texts), carrier.header[-1:]) for value in set(values)}
        if dimension.reads == "date":
            code_of |= dict.fromkeys(may_be_month_first(texts), -1)
        if dimension.reads == "member":
            code_of |= dict.fromkeys(_of_a_part(table, dimension, carrier, texts, code_of, context), -1)
        by_row = np.array([code_of[value] for value in values], np.int32)
        clerk.book_cells(np.flatnonzero((by_row != -1) & (rows.region != NO_REGION)), [carrier.number], "header")
        return by_row[row], np.full(len(row), FOUND_IN.index("row"), np.int8)
    said = [_column_value(table, dimension, column.column, context) for column in read]
    if dimension is table.lexicon.kind.time and dimension.name not in rows.blocks and not context.findings:
        said = _rates_with_their_counts(said, read)
    code_of = {value: _code(table, dimension, value) if value else -1 for value, _ in said}
    by_column = np.array([code_of[value] for value, _ in said], np.int32)
    places = np.array([FOUND_IN.index(place) for _, place in said], np.int8)
    codes, found_in = by_column[nth], places[nth]
    if dimension.name in rows.blocks:
        headings = rows.blocks[dimension.name]
        code_of = {heading: _code(table, dimension, heading) if heading else -1 for heading in set(headings)}
        by_row = np.array([code_of[heading] for heading in headings], np.int32)
        from_block = (by_row[row] != -1) & (found_in != FOUND_IN.index("header"))
        codes[from_block] = by_row[row][from_block]
        found_in[from_block] = FOUND_IN.index("block")
    return codes, found_in


def _of_a_part(
    table: Table, dimension: Dimension, carrier: Column, texts: Sequence[str], code_of: Mapping[Cell, int],
    context: Context,
) -> list[str]:  # fmt: skip
    """The cells that may be a part of the title's member, or the sum of parts: "Mandiri" and "Jumlah" under a title of
    BPU, where no row names another segment. Not so "Konstruksi" and "Total" under "Segmen" and a title of all."""
    members = list(dimension.members)
    said = {text: table.lexicon.understand((text,)) for text in texts if code_of[text] >= 0}
    named = {members[code_of[text]] for text, each in said.items() if dimension.name not in each.narrow | each.weak}
    if named - {context.titled.get(dimension.name, "")}:
        return []
    is_asked_for = table.lexicon.understand(carrier.header).carries == dimension.name
    if is_asked_for and dimension.name not in context.titled and all(code_of[text] >= 0 for text in texts):
        return []
    doubtful = {text for text, each in said.items() if dimension.name in each.narrow}
    weak = {text for text, each in said.items() if dimension.name in each.weak and dimension.name in context.titled}
    return [*doubtful, *weak]


def _filled_down(table: Table, column: int, rows: Rows) -> Sequence[Cell]:
    """The times of a column that says each once for the rows of a region that leave its name out too."""
    values, names = list(table.spread(column)), table.cells(table.anchor)
    for index in range(1, len(values)):
        goes_on = is_blank(names[index]) and rows.region[index] != NO_REGION
        if goes_on and is_blank(values[index]) and rows.region[index] == rows.region[index - 1]:
            values[index] = values[index - 1]
    return values


def _filled_by_block(values: Sequence[Cell], region: np.ndarray) -> Sequence[Cell]:
    """A column that says each value once, over a block of rows ("PU" beside the first regency of a list), where every
    block lists the same regions once."""
    if not any(map(is_blank, set(values))):
        return values
    rows = np.flatnonzero(region != NO_REGION).tolist()
    blocks: list[list[int]] = []
    for index in rows:
        if not is_blank(values[index]):
            blocks.append([])
        elif not blocks:
            return values
        blocks[-1].append(index)
    lists = {tuple(sorted(region[block].tolist())) for block in blocks}
    is_list = len(blocks) > 1 and len(lists) == 1 and len(set(one := next(iter(lists)))) == len(one) > 1
    if not is_list:
        return values
    filled = list(values)
    for block in blocks:
        for index in block:
            filled[index] = values[block[0]]
    return filled


def _in_full(cell: Cell, beside: Sequence[str]) -> Cell:
    """ "Feb-23" beside "Agt-23" and "Feb-24" with its whole year."""
    month = month_of_series(cell, beside) if type(cell) is str else None
    return f"{MONTH_NAMES[month.day.month - 1]} {month.day.year}" if month and month.day else cell


def _column_value(table: Table, dimension: Dimension, column: Column, context: Context) -> tuple[str, str]:
    """What the header, else the surroundings, else the schema's default say; and which of them it was.

    "Jumlah Peserta" beside "Peserta PU" is the TOTAL; under a title or heading "PU" it is PU.
    """
    said = column.understanding
    is_weak = dimension.name in said.weak
    if dimension.name in said.members and not is_weak:
        if dimension.reads == "member" and _contradicts_title(table, dimension, context):
            context.unclear[dimension.name] = sorted({context.titled[dimension.name], said.members[dimension.name]})
            return "", "header"
        return said.members[dimension.name], "header"
    if dimension.name in context.values and not (is_weak and dimension.name in table.named_by_headers):
        is_of_file = dimension is table.lexicon.kind.time and context.found_in[dimension.name] in ("file_name", "cover")
        if not (is_of_file and dimension.name in table.named_by_headers):  # a day that headers beside it may not share
            return context.values[dimension.name], context.found_in[dimension.name]
    titled = context.titled.get(dimension.name, "")
    if is_weak and titled and set().union(*table.members_of_measures(dimension.name).values()) == {titled}:
        return titled, "title"  # "Jumlah" beside "Potensi PU" under a title of PU
    if (member := _member_beside(table, dimension, column)) is not None:
        return member, "header"
    if is_weak and dimension.name in table.named_by_headers:
        return said.members[dimension.name], "header"
    if is_weak:
        return said.members[dimension.name], "default"
    if dimension.name in context.unclear:
        return "", "default"
    return dimension.default or "", "default"


def _contradicts_title(table: Table, dimension: Dimension, context: Context) -> bool:
    """Whether a title or the sheet's name says one member and the headers others alone: "BPU" over "Semesta PU"."""
    titled = context.titled.get(dimension.name, "")
    of_headers = set().union(*table.members_of_measures(dimension.name).values())
    return bool(titled) and titled not in of_headers


def _member_beside(table: Table, dimension: Dimension, column: Column) -> str | None:
    """The segment of a column that names none, beside "Semesta BPU" and no other segment; empty: it may be of all.

    A rate of two counts of BPU is BPU's. None where its own measure is told apart by segments, or no one segment alone
    is named.
    """
    of_measures = table.members_of_measures(dimension.name) if dimension.whole else {}
    named = set().union(*of_measures.values())
    measure = table.lexicon.kind.measure(column.understanding.measure)
    if len(named) != 1 or measure.name in of_measures:
        return None
    return min(named) if measure.ratio and of_measures.keys() >= set(measure.ratio) else ""


def _rates_with_their_counts(said: list[tuple[str, str]], read: list[MeasureColumn]) -> list[tuple[str, str]]:
    """The times of columns; a rate that has none is of the one time that the headers of both its counts say."""
    timed = {column.measure.name for column, (_, place) in zip(read, said, strict=True) if place == "header"}
    times = {value for value, place in said if place == "header"}
    if len(times) != 1:
        return said
    of_counts = (min(times), "header")
    return [
        of_counts if not value and column.measure.ratio and timed.issuperset(column.measure.ratio) else (value, place)
        for column, (value, place) in zip(read, said, strict=True)
    ]


def _code(table: Table, dimension: Dimension, cell: Cell, header: tuple[str, ...] = ()) -> int:
    """The code of a dimension value: a member's place, a day's number, a year; -1 where it is none.

    That of a month without a year is `Month.code`; "III" under "Triwulan" and 3 under "Bulan" are months too.
    """
    if dimension.reads == "date":
        if isinstance(cell, date):
            return ((cell.date() if isinstance(cell, datetime) else cell) - EPOCH).days
        text = shown(cell)
        if _says_more_than_time(table, text):
            return -1
        if exported := end_of_month_number(text) or day_of_number(text):
            return (exported - EPOCH).days
        days = {found.day for found in find_dates(text)}
        if not days:
            written = month_in(text)
            months = (written,) if written else find_months(text) or find_months(" ".join((*header, text)))
            return months[0].code if len(months) == 1 else -1
        day = days.pop() if len(days) == 1 else None
        return (day - EPOCH).days if day else -1
    if dimension.reads == "year":
        years = () if _says_more_than_time(table, shown(cell)) else years_in(shown(cell))
        return int(years[0]) if len(years) == 1 else -1
    members = list(dimension.members)
    if cell in members:
        return members.index(cell)
    said = table.lexicon.understand_spelled((_LISTED.sub("", shown(cell)),))
    named = said.members.get(dimension.name)
    return members.index(named) if named and not said.leftover else -1


def _says_more_than_time(table: Table, text: str) -> bool:
    """Whether a cell that says a time has a word of which nobody knows what it makes of the figures: "SEPTEMBER
    (prognosa)"."""
    words = set(table.lexicon.meanings(without_months(without_dates(text)))[1])
    return any(word.isalpha() and len(word) > 2 for word in words - _BESIDE_TIMES)


def _refuse_for(
    table: Table, dimension: Dimension, column: Column, indexes: np.ndarray, context: Context, clerk: Clerk
) -> None:
    """Refuse cells whose dimension nothing says: a finding a cell where the row should say it, else one a column."""
    clerk.book_cells(indexes, [column.number], "refused")
    carrier = table.carrier(dimension.name)
    if dimension is table.lexicon.kind.time and context.findings:
        return
    if carrier is not None:
        for index in indexes.tolist():
            said = shown(table.spread(carrier.number)[index])
            clerk.find("dimension_unknown", table.first_row + index, carrier.number, said, field=dimension.title,
                       header=column.header_text)  # fmt: skip
    else:
        first = int(indexes[0])
        named = ", ".join(context.unclear.get(dimension.name, ()))
        rule = "time_missing" if dimension is table.lexicon.kind.time else "dimension_unclear"
        clerk.find(rule, table.first_row + first, column.number, shown(table.body[first][column.number]),
                   field=dimension.title, header=column.header_text, count=len(indexes), named=named)  # fmt: skip
