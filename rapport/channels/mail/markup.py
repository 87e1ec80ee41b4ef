"""HTML mail as plain text: paragraphs stay paragraphs, quotes of earlier mail stay out."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

HTML_LIMIT = 400_000

_UNSEEN = "script, style, head, title, noscript, template, object, embed"
_OLD = (
    "blockquote, .gmail_quote, .gmail_extra, .yahoo_quoted, .moz-cite-prefix, .protonmail_quote, #appendonsend,"
    " #divRplyFwdMsg, #OLK_SRC_BODY_SECTION, .OutlookMessageHeader, #mail-editor-reference-message-container"
)
_SIGNED = ".gmail_signature, .moz-signature, #Signature, #signature, .protonmail_signature_block"
_BLOCK = re.compile(r"<(?=(?:/?(?:p|div|tr|table|ul|ol|h[1-6]|center|section|article)|br|li|hr)[\s>/])", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\f\v\xa0\u200b\u200c\ufeff]+")
_LINES = re.compile(r" *\n *")
_MANY = re.compile(r"\n{3,}")


def text_of_html(html: str) -> str:
    """The visible text of an HTML mail without what it quotes."""
    tree = LexborHTMLParser(_BLOCK.sub("\n<", html[:HTML_LIMIT].replace("\r", "").replace("\n", " ")))
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
    return _MANY.sub("\n\n", _LINES.sub("\n", _BLANKS.sub(" ", text))).strip()
