"""The checkers of pages and links find what is wrong: each is shown a sound page, then one that is not."""

from pathlib import Path

import pytest

from browser.harness_pages import broken_links, faults

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'"
)
SOUND = f"""<!DOCTYPE html>
<html lang="en-GB"><head><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<script defer src="site.js"></script></head>
<body><main><h1>A page</h1><h2>A part</h2><h3>Of it</h3>
<p>None of it is wrong. <code>None</code> <a href="b.html#there">B</a></p>
<label for="field">Name</label><input id="field">
<table><caption>Figures</caption><tr><th scope="row">A</th><td>1</td></tr></table>
<svg role="img" aria-label="Up"><path d=""/></svg><svg aria-hidden="true"></svg>
</main></body></html>
"""


def test_a_sound_page_has_no_fault() -> None:
    assert faults(SOUND) == []
    assert faults(SOUND.replace("<h3>", "<div hidden><h3></h3></div><h3>")) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<!DOCTYPE html>", "", "no doctype"),
        ('lang="en-GB"', "", "the language is not en-GB"),
        ("<title>A page</title>", "<title></title>", "titles: ['']"),
        ("<main>", "<div>", "0 main"),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'", "the policy is"),
        ("default-src 'none'; ", "", "the policy is"),
        ("Content-Security-Policy", "Content-Something", "0 policies"),
        ("<p>", '<p style="color: red">', "a style on <p>"),
        ("<p>", '<p onclick="x()">', "onclick on <p>"),
        ("b.html#there", "javascript:x()", "a link that is a script"),
        ("<p>", "<style>p {}</style><p>", "a style inside the page"),
        ("<p>", "<script>x()</script><p>", "a script inside the page"),
        ("<p>", '<p tabindex="2">', "an order of its own on <p>"),
        ("<h1>A page</h1>", "<h1>A page</h1><h1>Another</h1>", "2 h1"),
        ("<h1>A page</h1>", "", "0 h1"),
        ("<h2>A part</h2>", "", "h3 after h1: Of it"),
        ("<h2>A part</h2>", "<h2></h2>", "a heading without text"),
        ("<p>", '<p id="field">', "the id field twice"),
        ("<caption>Figures</caption>", "", "1 tables, 0 captions"),
        ("<caption>Figures</caption>", "<caption> </caption>", "1 tables, 0 captions"),
        ('aria-label="Up"', "", "a picture without words"),
        ('aria-hidden="true"', "", "a picture without words"),
        ("<p>", '<p><img src="a.png">', "an image without words"),
        ('<label for="field">', "<label>", "a field without a label"),
        (">B</a>", "></a>", "<a> without words"),
        (">1<", ">None<", "not worded: None"),
        (">1<", ">nan<", "not worded: nan"),
        (">1<", ">Decimal('1')<", "not worded: Decimal('1')"),
        (">1<", ">{{ figure }}<", "not worded: {{ figure }}"),
        (">1<", ">undefined<", "not worded: undefined"),
    ],
)
def test_what_is_wrong_with_a_page_is_found(old: str, new: str, fault: str) -> None:
    assert old in SOUND
    found = faults(SOUND.replace(old, new))
    assert any(each.startswith(fault) for each in found), found


def site(folder: Path, link: str) -> Path:
    (folder / "sub").mkdir(parents=True)
    (folder / "a.html").write_text(f'<p id="here">{link}</p>', encoding="utf-8")
    (folder / "sub" / "b.html").write_text('<p id="there"></p>', encoding="utf-8")
    (folder / "compare.html").write_text('<tr id="XA1"></tr><tr id="XB2"></tr>', encoding="utf-8")
    (folder / "what-if.html").write_text("", encoding="utf-8")
    (folder / "trust").mkdir()
    (folder / "trust" / "XA1.html").write_text("", encoding="utf-8")
    (folder / "site.js").write_text("", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "link",
    [
        '<a href="sub/b.html">B</a>',
        '<a href="sub/b.html#there">B</a>',
        '<a href="#here">here</a>',
        '<a href="compare.html#XA1,XB2">both</a>',
        '<a href="what-if.html#XA1">try</a>',
        '<script src="site.js"></script>',
        '<a href="https://www.nationalarchives.gov.uk/doc/">licence</a>',
    ],
)
def test_a_link_to_what_is_there_is_not_broken(tmp_path: Path, link: str) -> None:
    assert broken_links(site(tmp_path / "site", link)) == []


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ('<a href="c.html">C</a>', "no such file"),
        ('<a href="sub/b.html#gone">B</a>', "no element ['gone']"),
        ('<a href="#gone">here</a>', "no element ['gone']"),
        ('<a href="compare.html#XA1,XC3">both</a>', "no element ['XC3']"),
        ('<a href="what-if.html#XC3">try</a>', "no element ['XC3']"),
        ('<a href="/sub/b.html">B</a>', "no place in the site"),
        ('<a href="">B</a>', "no place in the site"),
        ('<a href="../a.html">B</a>', "no such file"),
        ('<a href="https://example.org/">elsewhere</a>', "leads elsewhere"),
        ('<a href="http://www.nationalarchives.gov.uk/">not safe</a>', "leads elsewhere"),
        ('<a href="mailto:a@example.org">mail</a>', "leads elsewhere"),
        ('<script src="https://www.nationalarchives.gov.uk/x.js"></script>', "leads elsewhere"),
        ('<img src="gone.png" alt="">', "no such file"),
        ('<link rel="stylesheet" href="gone.css">', "no such file"),
    ],
)
def test_a_link_to_what_is_not_there_is_found(tmp_path: Path, link: str, fault: str) -> None:
    found = broken_links(site(tmp_path / "site", link))
    assert len(found) == 1
    assert found[0].startswith("a.html: ") and found[0].endswith(fault)


def test_a_style_that_asks_for_another_file_is_found(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", "")
    (folder / "site.css").write_text(
        'p { background: url("data:image/png;base64,x") } q { background: url(a.png) }', encoding="utf-8"
    )
    assert broken_links(folder) == ["site.css: url(a.png)"]
