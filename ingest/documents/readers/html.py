"""Web pages: the article with its tables, without menus, footers and scripts.

In: the bytes of an HTML page. Out: its blocks, one paragraph an element that stands by itself, in document order. What
shows itself as a page's furniture is left out: by its element, by the name of its class, by holding nothing but links, or
by its words. Everything else stays: to lose a figure is worse than to keep a line too many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.documents.encoding import decode
from ingest.documents.model import Content, DocumentError
from ingest.documents.readers.blocks import Block, CellBlock, TableBlock, content_of
from ingest.documents.readers.furniture import is_furniture_line, is_hidden, is_named_like_furniture
from ingest.documents.readers.ordinals import with_ordinal
from ingest.documents.readers.plain_rows import WHITE, number_in, plain_row, spans_of

_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "select",
        "button",
        "textarea",
        "datalist",
        "dialog",
        "head",
        "title",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "meter",
        "nobr",
        "o:p",
        "output",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "rp",
        "rt",
        "ruby",
    ]
)
_TABLE_PARTS = frozenset({"tr", "td", "th"})
# Elements that say more than that a line ends before and after them.
_SAY_MORE = _TABLE_PARTS | {"table", "pre", "ul", "ol", "li"}
# Tables in tables in tables: what lies deeper is read as prose.
_DEEPEST_TABLE = 8
# An element that is named like furniture but holds more of the page's text than this is none.
_LARGEST_FURNITURE = 0.4
# So many links in a row, and nothing else, are a menu.
_FEWEST_LINKS = 3

# So many tags cannot be nested so deep that it takes long; browsers nest no deeper than about this.
_FEW_TAGS = 20_000
_DEEPEST_ELEMENT = 500
# Elements that only their own end tag ends; others (p, li, td) end where the next one begins. The most frequent of those
# are passed over first: to try each name of this list at each tag took as long as to parse the page twice.
_NESTING_TAG = re.compile(
    r"<(?!/?(?:p|td|tr|th|li|br)[\s>/])(/?)(?:div|span|font|b|i|u|em|strong|a|center|section|article|main|blockquote|table|tbody|ul|ol|dl|form|fieldset|small|big"
    r"|sup|sub|label|o:p)(?=[\s>/])[^>]*>",
    re.I,
)

_EMPTY_LINE = re.compile(r"\n\s*\n")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-zA-Z0-9_\-]{2,20})""", re.I)
_CHARSET_WITHIN = 8192
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs"}
_MOST_REPLACED = 0.01
_NO_LETTERS = re.compile(r"[\W\d_年月日]+")
_AFTER_TITLE = re.compile(r"\s*[_|]|\s[-–—]+\s|--+")
_YEAR = re.compile(r"20\d\d")


def read_html(data: bytes, file: str) -> Content:
    """The article of a web page. Raises DocumentError for an empty page and for bytes that are no text."""
    markup, encoding = _decode(data, file)
    tree = LexborHTMLParser(flattened(markup))
    top = tree.body
    walk = _Walk(len(top.text()) if top is not None else 0)
    if top is not None:
        walk.through(top)
    blocks = [
        block for block in _without_links(walk.context) if not (isinstance(block, str) and is_furniture_line(block))
    ]
    title = _title(tree)
    if title and not any(isinstance(block, str) and title in WHITE.sub("", block) for block in blocks):
        blocks.insert(0, title)
    return content_of(blocks, file, encoding, lines_are_paragraphs=walk.broken_lines <= walk.paragraphs)


def _decode(data: bytes, file: str) -> tuple[str, str]:
    """(text, encoding): as the bytes show themselves to be, else as the page says, a few broken characters allowed."""
    try:
        return decode(data, file)
    except DocumentError as error:
        declared = _CHARSET.search(data, 0, _CHARSET_WITHIN)
        if error.cause != "unknown_encoding" or declared is None:
            raise
        name = declared[1].decode("ascii").lower()
        encoding = _ALIASES.get(name, name)
        try:
            text = data.decode(encoding, errors="replace")
        except (LookupError, UnicodeError):
            raise error from None
        if text.count("\ufffd") > _MOST_REPLACED * len(text):
            raise
        return text, encoding


def flattened(markup: str) -> str:
    """The page without the elements that stand deeper in others than browsers let them; a break stays for each.

    For each element that begins the parser looks through all that are open, so that a page of a hundred thousand, each in
    the one before, would take it minutes.
    """
    if markup.count("<") <= _FEW_TAGS:
        return markup
    pieces: list[str] = []
    position = depth = left_out = 0
    for tag in _NESTING_TAG.finditer(markup):
        if not tag[1] and depth < _DEEPEST_ELEMENT:
            depth += 1
        elif tag[1] and not left_out:
            depth = max(0, depth - 1)
        else:
            left_out += -1 if tag[1] else 1
            pieces += (markup[position : tag.start()], "<br>")
            position = tag.end()
    return "".join(pieces) + markup[position:] if pieces else markup


@dataclass(slots=True)
class _Ink:
    """How much of a text stands in links: letters outside them, letters inside, and how many links there are."""

    plain: int = 0
    linked: int = 0
    links: int = 0

    def add(self, other: _Ink) -> None:
        self.plain += other.plain
        self.linked += other.linked
        self.links += other.links

    @property
    def is_links(self) -> bool:
        """Whether the text is links and next to nothing else (a date, a bar)."""
        return self.links > 0 and self.plain * 10 <= self.linked


@dataclass(slots=True)
class _Context:
    """The blocks of the page or of one cell, each with its ink."""

    blocks: list[Block] = field(default_factory=list)
    inks: list[_Ink] = field(default_factory=list)

    def add(self, block: Block, ink: _Ink) -> None:
        self.blocks.append(block)
        self.inks.append(ink)


@dataclass(slots=True)
class _OpenTable:
    block: TableBlock
    ink: _Ink = field(default_factory=_Ink)


class _OpenCell(NamedTuple):
    """The cell that is being read: the context around it, its row, and which of the row's cells it is.

    Not always the last one: MathML may have cells of its own within it.
    """

    context: _Context
    row: list[CellBlock | str]
    index: int


class _Walk:
    """One walk through the page, without recursion: a page may nest its elements as deep as it likes."""

    def __init__(self, characters: int) -> None:
        self._largest_furniture = _LARGEST_FURNITURE * characters
        self.context = _Context()
        self._outer: list[_OpenCell] = []
        self._tables: list[_OpenTable] = []
        self._too_deep = 0
        self._pieces: list[str] = []
        self._linked: list[str] = []
        self._links = 0
        self._in_link = 0
        self._in_pre = 0
        self._lists: list[int | None] = []
        self._ordinal = ""
        self.broken_lines = 0
        self.paragraphs = 0

    def through(self, top: LexborNode) -> None:
        """Read all that stands below an element."""
        # Nodes are compared by their ids: comparing the nodes themselves would compare their markup.
        last, node = top.mem_id, top.child
        while node is not None:
            child = self._enter(node)
            if child is not None:
                node = child
                continue
            following = node.next
            while following is None:
                node = node.parent
                if node is None or node.mem_id == last:
                    self._flush()
                    return
                self._leave(node.tag or "")
                following = node.next
            node = following

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Read a node's beginning; its first child, or None where nothing below it is to be read."""
        tag = node.tag
        if tag == "-text":
            self._text(node.text_content or "")
            return None
        if tag == "br":
            self._pieces.append("\n")
            return None
        if tag is None or tag[0] in "-!" or tag in _LEFT_OUT or self._is_furniture(node, tag):
            return None
        child = node.child
        if tag == "tr" and self._are_cells_plain() and (row := plain_row(node, child)):
            self._flush()
            table = self._tables[-1]
            table.block.rows.append(row.cells)
            table.ink.plain += row.characters
            return None
        self._open(node, tag)
        if child is None:
            self._leave(tag)
        elif child.tag == "-text" and child.next is None:
            # One text and nothing else, as most elements hold.
            self._text(child.text_content or "")
            self._leave(tag)
            return None
        return child

    def _text(self, text: str) -> None:
        if not self._pieces and not self._in_pre and text[:1] == "\n" and text.isspace() and text.isascii():
            # What stands between elements that stand by themselves.
            return
        if not self._in_pre and ("\n" in text or "\t" in text):
            text = WHITE.sub(" ", text)
        if text == " " and not self._pieces:
            return
        self._pieces.append(text)
        if self._in_link:
            self._linked.append(text)

    def _is_furniture(self, node: LexborNode, tag: str) -> bool:
        attributes = node.attributes
        if not attributes:
            return False
        is_named = is_hidden(attributes) if tag in _INLINE else is_named_like_furniture(attributes)
        return is_named and len(node.text()) <= self._largest_furniture

    def _are_cells_plain(self) -> bool:
        """Whether cells that hold one text, or nothing, are nothing else: not in a link, say."""
        return bool(self._tables) and not (self._too_deep or self._in_link or self._in_pre or self._ordinal)

    def _open(self, node: LexborNode, tag: str) -> None:
        if tag in _INLINE:
            if tag == "a":
                self._in_link += 1
                self._links += 1
            return
        if self._pieces:
            self._flush()
        if tag not in _SAY_MORE:
            return
        if tag in _TABLE_PARTS:
            if self._tables and not self._too_deep:
                self._open_part(node, tag)
        elif tag == "pre":
            self._in_pre += 1
        elif tag in ("ul", "ol"):
            self._lists.append(_number(node, "start") if tag == "ol" else None)
        elif tag == "li" and self._lists and self._lists[-1] is not None:
            number = _number(node, "value", self._lists[-1])
            self._ordinal, self._lists[-1] = f"{number}.", number + 1
        elif tag == "table" and len(self._tables) == _DEEPEST_TABLE:
            self._too_deep += 1
        elif tag == "table":
            is_layout = node.attrs.get("role") in ("presentation", "none")
            self._tables.append(_OpenTable(TableBlock([], is_layout)))

    def _open_part(self, node: LexborNode, tag: str) -> None:
        """Begin a row or a cell of the table in hand."""
        rows = self._tables[-1].block.rows
        if tag == "tr":
            rows.append([])
            return
        spans = spans_of(node.attrs.get("rowspan"), node.attrs.get("colspan")) if node.attributes else (1, 1)
        if not rows:
            # A cell of another language (MathML) that stands in no row.
            rows.append([])
        self._outer.append(_OpenCell(self.context, rows[-1], len(rows[-1])))
        rows[-1].append(CellBlock([], *spans))
        self.context = _Context()

    def _leave(self, tag: str) -> None:
        if tag in _INLINE:
            self._in_link -= tag == "a"
            return
        if self._pieces:
            self._flush()
        if tag not in _SAY_MORE:
            return
        if tag in _TABLE_PARTS:
            if tag != "tr" and self._tables and not self._too_deep:
                self._close_cell()
        elif tag == "pre":
            self._in_pre -= 1
        elif tag in ("ul", "ol"):
            self._lists.pop()
        elif tag == "table" and self._too_deep:
            self._too_deep -= 1
        elif tag == "table":
            table = self._tables.pop()
            if not (table.ink.is_links and table.ink.links >= _FEWEST_LINKS):
                self.context.add(table.block, table.ink)

    def _close_cell(self) -> None:
        table = self._tables[-1]
        for ink in self.context.inks:
            table.ink.add(ink)
        outer = self._outer.pop()
        cell, blocks = outer.row[outer.index], self.context.blocks
        if len(blocks) >= _FEWEST_LINKS:
            blocks = _without_links(self.context)
        if len(blocks) == 1 and isinstance(blocks[0], str) and cell.rows == 1 and cell.columns == 1:
            outer.row[outer.index] = blocks[0]
        else:
            cell.blocks = blocks
        self.context = outer.context

    def _flush(self) -> None:
        """End the paragraph that is being read."""
        if not self._pieces:
            return
        text = self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)
        if not text.isspace():
            if not self._tables:
                self._count_lines(text)
            ink = _Ink(len(text))
            if self._linked:
                linked = len(_NO_LETTERS.sub("", "".join(self._linked)))
                ink = _Ink(len(_NO_LETTERS.sub("", text)) - linked, linked, max(1, self._links))
            self.context.add(with_ordinal(self._ordinal, text) if self._ordinal else text, ink)
            self._ordinal = ""
        self._pieces = []
        self._linked = []
        self._links = 0

    def _count_lines(self, text: str) -> None:
        """Count a paragraph, and the lines in it that a break of the line ends and no empty line follows."""
        paragraphs = 1
        if "\n" in text:
            paragraphs = sum(1 for part in _EMPTY_LINE.split(text) if part.strip())
            self.broken_lines += sum(1 for line in text.split("\n") if line.strip()) - paragraphs
        self.paragraphs += paragraphs


def _number(node: LexborNode, attribute: str, default: int = 1) -> int:
    """The number that an attribute of an element begins with."""
    return number_in(node.attrs.get(attribute), default)


def _without_links(context: _Context) -> list[Block]:
    """The blocks of a context without runs of nothing but links."""
    blocks: list[Block] = []
    run: list[Block] = []
    links = 0
    for block, ink in zip(context.blocks, context.inks, strict=True):
        if isinstance(block, str) and ink.is_links:
            run.append(block)
            links += ink.links
            continue
        blocks += run if links < _FEWEST_LINKS else []
        blocks.append(block)
        run, links = [], 0
    return blocks + (run if links < _FEWEST_LINKS else [])


def _title(tree: LexborHTMLParser) -> str | None:
    """The title that the page gives the article, without white space; None where it gives the site's alone."""
    meta = tree.css_first('meta[name="ArticleTitle" i]')
    if meta is not None and (title := WHITE.sub("", meta.attrs.get("content") or "")):
        return title
    element = tree.css_first("title")
    title = WHITE.sub("", _AFTER_TITLE.split(element.text().strip(), maxsplit=1)[0]) if element is not None else ""
    return title if _YEAR.search(title) else None
