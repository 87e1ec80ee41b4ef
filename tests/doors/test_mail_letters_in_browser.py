"""The letters of a framed mail in a real browser: whatever ground is lost in the cleaning, words can be read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from rapport.channels.html import clean_html
from rapport.doors.web.interaction.colouring import has_own_colours
from rapport.doors.web.jinja import environment

from .test_templates_in_browser import LOOK, browser

__all__ = ["browser"]  # pytest finds fixtures by their names here

READABLE = 3.0  # the least WCAG asks for, of large letters
# The weakest contrast of any words against the grounds behind them, painted one over the other from the paper on.
WEAKEST = """() => {
  const read = text => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const over = ([r, g, b, a], under) => [r, g, b].map((one, at) => one * a + under[at] * (1 - a));
  const linear = one => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
  const below = one => one.parentElement ? ground(one.parentElement) : [255, 255, 255];
  const ground = one => over(read(getComputedStyle(one).backgroundColor), below(one));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) {
    const one = walker.currentNode.parentElement, behind = ground(one);
    const [low, high] = [light(over(read(getComputedStyle(one).color), behind)), light(behind)].sort((a, b) => a - b);
    found.push((high + .05) / (low + .05));
  }
  return Math.min(...found);
}"""

MAILS = {
    "the ground stands in a style block": "<style>.head{background:#003366}</style>"
    "<div class=head><p style='color:#fff'>Summer</p></div>",
    "the letters stand in a style block": "<style>td{color:#fff}</style>"
    "<table bgcolor='#003366'><tr><td>Summer</td></tr></table>",
    "nested": "<style>.a{background:#111}</style><div class=a><table><tr><td style='color:white'>one"
    "<p><font color='#fefefe'>two</font></p><div style='background:#fafafa'>three</div></td></tr></table></div>",
    "the ground stands at the body": "<body bgcolor='#102030' text=white><font color=white>Summer</font></body>",
    "the ground was an image": "<div style='background:url(http://t.org/a.png)'><p style='color:#eee'>Summer</p></div>",
    "the ground runs from one colour to another": "<div style='background:linear-gradient(90deg,#036,#fff)'>"
    "<p style='color:#fff'>Summer</p></div>",
    "white on white": "<div style='color:#fff;font-size:1px'>a hidden preheader</div><p>Words</p>",
    "a link on a dark ground": "<table><td bgcolor=003366><a href='https://x.org'>Read on</a></table>"
    "<p style='background-color:#036'><a href='https://x.org'>Read on</a></p>",
    "a quote on a dark ground": "<div style='background:#222'><blockquote>Summer</blockquote></div>",
    "seen through": "<p style='color:rgba(0,0,0,.05)'>one</p>"
    "<div style='background:rgb(0 0 0 / 4%);color:#fff'>two</div>",
    "in other words for a colour": "<p style='color:hsl(0, 0%, 98%)'>one</p><p style='color:lab(99% 0 0)'>two</p>"
    "<p style='color:white!important;color:black'>three</p><p style='color:lightgoldenrodyellow'>four</p>"
    "<div style='background:oklch(0.1 0 0)'>five</div>",
    "black at any price": "<p style='color:#000 !important'>as a newsletter writes it</p>",
    "a title that looks like a style": "<p title=' style=' style='color:#fff'>one</p><p title=' color='>two</p>",
    "a colour among quotes": "<p style='font-family:\"Arial\";color:#fff;background:none'>one</p>",
    "a column": "<table><col style='background:#000'><tr><td>one</td></tr></table>",
    "tags left open": "<div style='background:#036;color:#fff'><p>one<p>two<b>three</div><span style='color:#fff'>four",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read(browser: Browser, theme: str) -> None:
    page = browser.new_page(color_scheme="light")
    weak = {}
    for name, html in MAILS.items():
        cleaned = clean_html(html).html
        paper = "white" if has_own_colours(cleaned) else ""
        frame = environment().get_template("frame.html").render(cleaned="HERE", paper=paper).replace("HERE", cleaned)
        page.goto("about:blank")
        page.set_content(frame)
        page.add_style_tag(path=LOOK / "frame.css")
        if theme == "dark":
            page.evaluate("location.hash = 'dark'")
        if (contrast := page.evaluate(WEAKEST)) < READABLE:
            weak[name] = (contrast, cleaned)
    page.context.close()
    assert weak == {}
