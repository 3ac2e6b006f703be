"""Word: the body of a DOCX file in its order.

In: the bytes. Out: paragraphs with the ordinals that Word computes, tables with their merged cells, the text of boxes after
the paragraph that holds them, notes after the paragraph or table that cites them. Left out: headers and footers, tables of
contents, what was deleted or moved away with changes tracked, hidden text, comments, macros.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.documents.lines import number_cell
from ingest.documents.model import Content
from ingest.documents.readers.blocks import Block, CellBlock, TableBlock, content_of
from ingest.documents.readers.numbering import Numbering
from ingest.documents.readers.ordinals import with_ordinal
from ingest.documents.readers.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_USUAL_MAIN_PART = "word/document.xml"
_OFF = frozenset({"0", "false", "off"})
_CONTENTS_STYLE = re.compile(r"(?i)toc\s*\d|目录\s*\d")

_PARAGRAPH, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_RUN, _TEXT = f"{_W}r", f"{_W}t"
_TEXTS = frozenset({_TEXT, f"{_MATH}t"})
_BOX, _BREAK = f"{_W}txbxContent", f"{_W}br"
_ALTERNATIVES = f"{_MC}AlternateContent"
_CHOICES = frozenset({f"{_MC}Choice", f"{_MC}Fallback"})
_DRAWINGS = frozenset({f"{_W}drawing", f"{_W}pict", f"{_W}object"})
_VALUE, _TYPE, _ID, _STYLE_ID = f"{_W}val", f"{_W}type", f"{_W}id", f"{_W}styleId"
_PARAGRAPH_PROPERTIES, _RUN_PROPERTIES = f"{_W}pPr", f"{_W}rPr"
_ROW_PROPERTIES, _CELL_PROPERTIES = f"{_W}trPr", f"{_W}tcPr"
_STYLE, _HIDDEN_TEXT, _HIDDEN_ROW, _DELETED = f"{_W}pStyle", f"{_W}vanish", f"{_W}hidden", f"{_W}del"
_COLUMNS, _COLUMNS_BEFORE = f"{_W}gridSpan", f"{_W}gridBefore"
_CELL_WIDTH = f"{_W}tcW"
_MERGE_DOWN, _MERGE_ACROSS = f"{_W}vMerge", f"{_W}hMerge"
# Elements that wrap others and say nothing themselves.
_WRAPPERS = frozenset(
    f"{_W}{name}"
    for name in [
        "sdt",
        "sdtContent",
        "customXml",
        "smartTag",
        "ins",
        "moveTo",
        "hyperlink",
        "fldSimple",
        "bdo",
        "dir",
        "ruby",
        "rubyBase",
    ]
) | {f"{_MC}Choice"}
_LEFT_OUT = frozenset(
    f"{_W}{name}"
    for name in ["del", "moveFrom", "rt", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr"]
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOTES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}


def read_docx(data: bytes, file: str) -> Content:
    """The body of a Word file. Raises DocumentError for a damaged, encrypted, hostile or empty one."""
    package = Package(data, file)
    main = package.main_part(_USUAL_MAIN_PART)
    related = {kind.rsplit("/", 1)[-1]: name for kind, name in package.relationships(main).values()}

    def part(name: str, *signs: str) -> etree._Element | None:
        """A part beside the body, where something in the body refers to it."""
        is_needed = any(next(body.iter(f"{_W}{sign}"), None) is not None for sign in signs)
        return package.optional_tree(related.get(name, f"word/{name}.xml")) if is_needed else None

    body = package.tree(main).find(f"{_W}body")
    if body is None:
        return content_of((), file)
    styles = part("styles", "pStyle")
    numbering = part("numbering", "pStyle", "numPr")
    notes = {
        "footnotes": _notes(part("footnotes", "footnoteReference")),
        "endnotes": _notes(part("endnotes", "endnoteReference")),
    }
    reader = _Reader(Numbering(numbering, styles), notes, _contents_styles(styles))
    return content_of(reader.blocks(body), file)


def _notes(root: etree._Element | None) -> dict[str, etree._Element]:
    """Foot- or endnotes by their id, without the lines that separate them from the text."""
    if root is None:
        return {}
    return {note.get(f"{_W}id", ""): note for note in root if note.get(f"{_W}type", "normal") == "normal"}


def _contents_styles(styles: etree._Element | None) -> frozenset[str]:
    """The ids of the styles of tables of contents."""
    names = styles.iter(f"{_W}name") if styles is not None else ()
    return frozenset(
        name.getparent().get(_STYLE_ID, "") for name in names if _CONTENTS_STYLE.match(name.get(_VALUE, ""))
    )


@dataclass(slots=True)
class _Aside:
    """What stands in a paragraph but not in its line: boxes, and the notes that it cites."""

    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class _Reader:
    def __init__(
        self, numbering: Numbering, notes: dict[str, dict[str, etree._Element]], contents: frozenset[str]
    ) -> None:
        self._numbering = numbering
        self._notes = notes
        self._contents = contents
        self._seen_notes: set[tuple[str, str]] = set()
        # What the cells of the tables in hand cite: a note within a cell would be read with its number.
        self._cited: list[tuple[str, str]] = []
        self._depth = 0
        # Of the paragraph in hand; most leave it empty for the next one.
        self._aside = _Aside()

    def blocks(self, parent: Iterable[etree._Element]) -> list[Block]:
        """The blocks below an element, in order."""
        blocks: list[Block] = []
        self._add_blocks(parent, blocks)
        return blocks

    def _add_blocks(self, parent: Iterable[etree._Element], blocks: list[Block]) -> None:
        for element in parent:
            tag = element.tag
            if tag == _PARAGRAPH:
                self._add_paragraph(element, blocks)
            elif tag == _TABLE:
                self._add_table(element, blocks)
            elif tag in _WRAPPERS:
                self._add_blocks(element, blocks)
            elif tag == _ALTERNATIVES:
                self._add_blocks(_choice(element), blocks)

    def _add_paragraph(self, paragraph: etree._Element, blocks: list[Block]) -> None:
        properties = _child(paragraph, _PARAGRAPH_PROPERTIES)
        style = _value(properties, _STYLE)
        if style in self._contents:
            return
        pieces: list[str] = []
        aside = self._aside
        self._inline(paragraph, pieces, aside)
        text = pieces[0] if len(pieces) == 1 else "".join(pieces)
        if text and not text.isspace():
            text = text.strip("\t ")
            blocks.append(
                with_ordinal(
                    self._numbering.ordinal(properties, style), _without_lone_tabs(text) if "\t" in text else text
                )
            )
        if aside.boxes or aside.notes:
            self._aside = _Aside()
            for box in aside.boxes:
                self._add_blocks(box, blocks)
            self._cited += aside.notes
        if self._cited and not self._depth:
            self._add_notes_cited(blocks)

    def _add_notes_cited(self, blocks: list[Block]) -> None:
        cited, self._cited = self._cited, []
        for kind, number in cited:
            self._add_note(kind, number, blocks)

    def _add_note(self, kind: str, number: str, blocks: list[Block]) -> None:
        note = self._notes[kind].get(number)
        if note is None or (kind, number) in self._seen_notes:
            return
        self._seen_notes.add((kind, number))
        texts = [block for block in self.blocks(note) if isinstance(block, str)]
        if texts:
            blocks.append("注：" + " ".join(texts).strip())

    def _inline(self, parent: Iterable[etree._Element], pieces: list[str], aside: _Aside) -> None:
        """Add the text below an element to `pieces`, and what stands beside the line to `aside`."""
        for element in parent:
            tag = element.tag
            if tag == _RUN:
                if len(element) == 1 and element[0].tag == _TEXT:
                    pieces.append(element[0].text or "")
                    continue
                properties = _child(element, _RUN_PROPERTIES)
                if properties is None or not _is_on(properties, _HIDDEN_TEXT):
                    self._inline(element, pieces, aside)
            elif tag in _TEXTS:
                pieces.append(element.text or "")
            elif tag in _LEFT_OUT:
                continue
            elif tag in _SIGNS:
                pieces.append(_SIGNS[tag])
            elif tag == _BREAK:
                if element.get(_TYPE, "textWrapping") == "textWrapping":
                    pieces.append("\n")
            elif tag in _NOTES:
                aside.notes.append((_NOTES[tag], element.get(_ID, "")))
            elif tag == _ALTERNATIVES:
                self._inline(_choice(element), pieces, aside)
            elif tag in _DRAWINGS:
                aside.boxes.extend(_outermost_boxes(element))
            elif tag in _WRAPPERS or (isinstance(tag, str) and tag.startswith(_MATH)):
                self._inline(element, pieces, aside)

    def _add_table(self, table: etree._Element, blocks: list[Block]) -> None:
        self._depth += 1
        blocks.append(TableBlock(list(self._rows(table))))
        self._depth -= 1
        if not self._depth:
            self._add_notes_cited(blocks)

    def _rows(self, table: etree._Element) -> Iterator[list[CellBlock | str]]:
        # The cell that goes on downwards, by the column in which it begins.
        open_cells: dict[int, CellBlock] = {}
        for row in _children(table, _ROW):
            properties = _child(row, _ROW_PROPERTIES)
            if properties is not None and (_child(properties, _DELETED) is not None or _is_on(properties, _HIDDEN_ROW)):
                continue
            cells: list[CellBlock | str] = []
            column = _count(properties, _COLUMNS_BEFORE, 0)
            if column:
                cells.append(CellBlock([], columns=column))
            going_on: dict[int, CellBlock] = {}
            for cell in _children(row, _CELL):
                cell_properties = _child(cell, _CELL_PROPERTIES)
                if cell_properties is None or (len(cell_properties) == 1 and cell_properties[0].tag == _CELL_WIDTH):
                    # The usual cell, of one column and merged with no other.
                    cells.append(_plain(self.blocks(cell)))
                    column += 1
                    continue
                width = _count(cell_properties, _COLUMNS, 1)
                merge = _value(cell_properties, _MERGE_DOWN)
                if merge == "continue" and column in open_cells:
                    block = open_cells[column]
                    block.rows += 1
                    going_on[column] = block
                elif _value(cell_properties, _MERGE_ACROSS) == "continue" and cells:
                    cells[-1] = _widened(cells[-1], width)
                else:
                    block = CellBlock(self.blocks(cell), columns=width)
                    cells.append(block)
                    if merge is not None:
                        going_on[column] = block
                column += width
            open_cells = going_on
            yield cells


def _plain(blocks: list[Block]) -> CellBlock | str:
    """A cell that covers one place: its text where it is one paragraph, or none."""
    if not blocks:
        return ""
    return blocks[0] if len(blocks) == 1 and isinstance(blocks[0], str) else CellBlock(blocks)


def _widened(cell: CellBlock | str, columns: int) -> CellBlock:
    """The cell with more columns."""
    block = CellBlock([cell]) if isinstance(cell, str) else cell
    block.columns += columns
    return block


def _without_lone_tabs(text: str) -> str:
    """The text with spaces for tabs, but where they part cells: two tabs and more, or a number after one."""
    is_row = "。" not in text and (text.count("\t") > 1 or number_cell().match(text.rpartition("\t")[2].strip()))
    return text if is_row else text.replace("\t", "    ")


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children with the tag, also those in wrappers."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _children(element, tag)


def _choice(alternatives: etree._Element) -> Iterable[etree._Element]:
    """One of the things that stand there twice: for programs that know the newer way, and for others."""
    return next((child for child in alternatives if child.tag in _CHOICES), ())


def _outermost_boxes(element: Iterable[etree._Element]) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag == _ALTERNATIVES:
            yield from _outermost_boxes(_choice(child))
        else:
            yield from _outermost_boxes(child)


def _child(parent: etree._Element, tag: str) -> etree._Element | None:
    """The first child with the tag: properties, which nearly always stand first. `find` takes five times as long."""
    if not len(parent):
        return None
    first = parent[0]
    if first.tag == tag:
        return first
    return next(parent.iterchildren(tag), None) if len(parent) > 1 else None


def _value(properties: etree._Element | None, tag: str) -> str | None:
    """The value of a property; 'continue' for one that is there without a value, as merges are."""
    element = _child(properties, tag) if properties is not None else None
    return None if element is None else element.get(_VALUE, "continue")


def _count(properties: etree._Element | None, tag: str, default: int) -> int:
    value = _value(properties, tag)
    return min(int(value), 1000) if value is not None and value.isascii() and value.isdigit() else default


def _is_on(properties: etree._Element, tag: str) -> bool:
    element = _child(properties, tag)
    return element is not None and element.get(_VALUE, "1") not in _OFF
