"""HTML mail as plain text: paragraphs stay paragraphs, the cells of a row have tabs between them, quotes of earlier
mail stay out."""

from __future__ import annotations

import re
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

HTML_LIMIT = 400_000

_UNSEEN = "script, style, head, title, noscript, template, object, embed"
_OLD = (
    "blockquote, .gmail_quote, .gmail_extra, .yahoo_quoted, .moz-cite-prefix, .protonmail_quote, #appendonsend,"
    " #divRplyFwdMsg, #OLK_SRC_BODY_SECTION, .OutlookMessageHeader, #mail-editor-reference-message-container"
)
_SIGNED = ".gmail_signature, .moz-signature, #Signature, #signature, .protonmail_signature_block"
_BLOCK = re.compile(
    r"<(?=(?:/?(?:p|div|tr|table|caption|ul|ol|dl|h[1-6]|center|section|article)|br|li|hr|dt|dd)[\s>/])", re.IGNORECASE
)
_CELL = re.compile(r"<(?=t[dh][\s>/])", re.IGNORECASE)
_BREAKS = str.maketrans({"\r": None, "\n": " ", "\t": " "})  # of the source, which mean nothing to a reader
_BLANKS = re.compile(r"[ \f\v\xa0\u200b\u200c\ufeff]+")
_BETWEEN_CELLS = re.compile(r" *\t[ \t]*")
_LINES = re.compile(r"[ \t]*\n[ \t]*")
_MANY = re.compile(r"\n{3,}")


def text_of_html(html: str) -> str:
    """The visible text of an HTML mail without what it quotes."""
    written = _BLOCK.sub("\n<", html[:HTML_LIMIT].translate(_BREAKS))
    tree = LexborHTMLParser(_CELL.sub("\t<", written))
    if tree.body is None:
        return ""
    for selector in (_UNSEEN, _SIGNED):
        _remove(tree, selector)
    whole = _tidy(tree.body.text(separator=""))
    _remove(tree, _OLD)
    own = _tidy(tree.body.text(separator=""))
    return own or whole


def _remove(tree: LexborHTMLParser, selector: str) -> None:
    for node in tree.css(selector):
        node.decompose()


def _tidy(text: str) -> str:
    lines = _LINES.sub("\n", _BETWEEN_CELLS.sub("\t", _BLANKS.sub(" ", text)))
    return _rows_together(_MANY.sub("\n\n", lines).strip())


def _rows_together(text: str) -> str:
    """Rows of several cells stand in lines, other blocks in paragraphs."""
    first, *others = text.split("\n\n")
    whole = [first]
    for before, block in pairwise((first, *others)):
        is_row = "\t" in before.rpartition("\n")[2] and "\t" in block.partition("\n")[0]
        whole += ["\n" if is_row else "\n\n", block]
    return "".join(whole)
