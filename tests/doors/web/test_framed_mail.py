"""A framed mail follows the theme, but not where the sender chose colours."""

from __future__ import annotations

import pytest

from rapport.channels.html import clean_html
from rapport.doors.web.interaction.colouring import has_own_colours


@pytest.mark.parametrize(
    "html",
    [
        "<p>Hi Maya, <b>Thursday</b> works. <a href='https://color.example/?bgcolor=red'>color: red</a></p>",
        "<p style='color:#000000;font-family:Calibri'>as Outlook writes it</p>",
        "<p style='color: windowtext; background-color: white'>as Word does</p>",
        "<p style='color: rgb(34, 34, 34)'>as Gmail does</p>",
        "<table bgcolor='#FFFFFF'><tr><td><font color='black'>on paper</font></td></tr></table>",
        "<blockquote style='border-left: 1px solid rgb(204,204,204)'>what was quoted</blockquote>",
    ],
)
def test_black_on_white_is_nobodys_choice(html: str) -> None:
    assert not has_own_colours(clean_html(html).html)


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color: rgb(31, 73, 125)'>navy</p>",
        "<div style='background-color:#102030;color:#fff'>white on navy</div>",
        "<table bgcolor='#eeeeee'><tr><td>grey paper</td></tr></table>",
        "<font color='red'>red</font>",
        "<div style='color:#fff;font-size:1px'>a hidden preheader</div>",
        "<font color='#fefefe'>nearly white</font>",
        "<div style='background-color:#111;color:#fff'>white on near black</div>",
        "<div style='background-color:#111'>on near black</div>",
    ],
)
def test_chosen_colours_are_kept(html: str) -> None:
    assert has_own_colours(clean_html(html).html)
