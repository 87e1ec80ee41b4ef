"""The name a file may be kept under."""

from __future__ import annotations

import pytest

from rapport.interactions.taking_out import LONGEST, safe_name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Report 2026.pdf", "Report 2026.pdf"),
        ("größer.pdf", "größer.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\boot.ini", "C__boot.ini"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ('a"b\r\nX-Evil: 1.txt', "a_bX-Evil_ 1.txt"),
        ("", "attachment"),
        ("...", "attachment"),
        (".htaccess", "htaccess"),
        ("a\x00.txt", "a.txt"),
    ],
)
def test_no_name_leads_anywhere(written: str, kept: str) -> None:
    assert safe_name(written, "application/pdf") == kept


def test_long_names_keep_their_ending_and_mails_get_one() -> None:
    kept = safe_name("x" * 500 + ".docx.exe", "application/pdf")
    assert (len(kept), kept[:20], kept[-12:]) == (LONGEST, "x" * 20, "xxx.docx.exe")
    assert "…" in kept
    assert safe_name("Inner thoughts", "message/rfc822") == "Inner thoughts.eml"
    assert safe_name("kept.EML", "message/rfc822") == "kept.EML"
