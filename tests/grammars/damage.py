"""What becomes of text between a hand and a program: characters that hide, forge or break, bytes lost or doubled."""

from __future__ import annotations

from hypothesis import strategies as st

ODD = (
    *("\t", "\r", "\r\n", "\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"),  # what some take for a line end
    *("\x00", "\x01", "\x1b[31m", "\x7f", "\ufeff", "\ufffe", "\U000e0041"),  # what no editor shows
    *("\u200b", "\u200d", "\u200f", "\u202e", "\u2066", "\u2069", "\xad", "\u2060", "\u3164"),
    *("\xa0", "\u3000", "\u2007", "\u1680"),  # spaces that are none
    *("а", "ο", "ｉ", "１", "‐", "−", "＝1+1", "“", "’"),  # look-alikes
    *("👩\u200d👩\u200d👧", "🇫🇷", "e\u0301", "ﷺ", "𠀀", "ß", "İ"),
    *("<script>", "&amp;", "{{ 7*7 }}", "{% raw %}", "`x`", "](x)", "|", "=1+1", "@import", "<!--", "]]>", "%0d%0a"),
    *(": ", " #", "- ", "? ", "* ", "&a ", "*a", "!t ", "%YAML 1.2\n", "---\n", "...\n", "<<: ", "[", "{", "'", '"'),
    *("NO", "1.10", "012", "null", "~", "2026-13-01", "1e999", "0x10", "9" * 400),
)

odd_words = st.sampled_from(ODD)
names = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=40),
    st.lists(st.one_of(odd_words, st.sampled_from(["Acme", "Öl", "AG", "&"])), min_size=1, max_size=4).map(" ".join),
)
"""What somebody may call a company, a person or an offer."""


@st.composite
def damaged(draw: st.DrawFn, text: str) -> bytes:
    """The text with a few accidents: something put in, cut out or doubled, in another encoding, or cut off."""
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 12)))
        text = text[:at] + draw(st.one_of(st.just(""), odd_words, st.just(text[at:end] * 2))) + text[end:]
    content = text.encode(draw(st.sampled_from(["utf-8"] * 6 + ["utf-16", "cp1252", "utf-8-sig"])), "replace")
    if draw(st.integers(0, 5)) == 5:
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=4))
    return content
