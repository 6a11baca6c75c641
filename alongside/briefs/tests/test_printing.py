"""An edition printed.

The same bytes, a PDF that PDF/UA-1 allows, read in the order it is told, whatever the words are.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape

import page as pdfua
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from alongside.briefs.demo import invented
from alongside.briefs.edition import charts, font_coverage, html, tables
from alongside.briefs.edition.document import (
    Document,
    Figure,
    Group,
    Plea,
    Quote,
    Recommendation,
    Row,
    Text,
    checksum,
    strings,
)
from alongside.briefs.edition.pdf import typeset
from alongside.briefs.queries import completeness
from alongside.kernel import vocabulary
from tests.cases import case
from tests.lanes import often

AGAIN = """
import django; django.setup()
from alongside.briefs.demo import invented
from alongside.briefs.edition import html, pdf, tables
from alongside.briefs.edition.document import checksum
for language in ("en", "fr"):
    d = invented.document()
    made = pdf.typeset(d, language).pdf, html.compose(d, language), tables.csv_of(d, language)
    print(*(checksum(file) for file in made))
"""
MARGIN = 70  # points above and below what stands on a page; beyond it a picture is cut off
EMPTY = Document("empty", 1, "2026-01-01", Text("Empty", "Vide"), Text("A", "A"))
ODD = (
    "Wilhelmina-Konstantyna Nʔaxʷəlqʷə́wayəɬ ᐊᓂᔑᓈᐯᒧᐎᓐ 𝒜😀\ufe0f "
    + "Donaudampfschifffahrtsgesellschaft" * 6
    + " https://example.org/"
    + "a" * 150
)


def odd() -> Document:
    """A document of astral characters, very long words and empty parts."""
    text = Text(ODD, ODD)
    figure = Figure("odd", text, text, text, (text, text), (Row(text, (0, None)), Row(Text(), (10**9, 3))))
    quotes = (Quote("1", text, text, "oj", ODD), Quote("2", Text(), Text(), paraphrase=True))
    advice = (
        Recommendation(1, "R1", text, text, quotes, text, (figure, replace(figure, rows=()))),
        Recommendation(2, "", Text()),
    )
    return replace(
        EMPTY,
        title=text,
        contributors=(ODD,),
        key_messages=(text, Text()),
        context=Text("^7 ^1", "^7"),
        groups=(Group(text, advice), Group(Text())),
        plea=Plea(text, quotes),
        references=(text,),
    )


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("document", [invented.document(), EMPTY, odd()], ids=["invented", "empty", "odd"])
def test_a_pdf_is_what_pdf_ua_asks_for(document, language):
    report = pdfua.validate_pdf_bytes(typeset(document, language).pdf)

    assert report.is_compliant, report.failures
    assert report.rules.passed > 100


def test_the_same_document_gives_the_same_bytes_here_and_in_another_process():
    document = invented.document()
    here = [
        [
            checksum(typeset(document, language).pdf),
            checksum(html.compose(document, language)),
            checksum(tables.csv_of(document, language)),
        ]
        for language in ("en", "fr")
    ]

    there = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", AGAIN],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )

    assert [line.split() for line in there.stdout.splitlines()] == here
    assert checksum(typeset(document, "en").pdf) == here[0][0]


def test_another_word_gives_other_bytes():
    assert (
        typeset(replace(invented.document(), on="2026-07-16"), "en").pdf
        != typeset(invented.document(), "en").pdf
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Key messages",
                "Summary",
                "Context",
                "Method",
                "How this was made",
                "Definitions",
                "Close the gaps between services",
                "Recommendation 1",
                "“I used to ring six places",
                "Outreach, health or legal worker",
                "Impact",
                "A place to sleep was asked for",
                "Shelter tonight",
                "protected",
                "Recommendation 9",
                "What it takes",
                "What we ask",
                "References",
                "About this edition",
            ],
        ),
        (
            "fr",
            [
                "Messages clés",
                "Résumé",
                "Contexte",
                "Méthode",
                "Définitions",
                "Recommandation 1",
                "Effet",
                "Recommandation 9",
                "Références",
            ],
        ),
    ],
)
def test_it_is_read_in_the_order_it_is_told(language, said, tmp_path):
    (tmp_path / "brief.pdf").write_bytes(typeset(invented.document(), language).pdf)

    read = subprocess.run(
        ["pdfinfo", "-struct-text", tmp_path / "brief.pdf"],
        capture_output=True,
        text=True,
        errors="replace",
        check=True,
    ).stdout
    words = re.sub(r"\s+", " ", " ".join(re.findall(r'"(.*)"$', read, re.MULTILINE)))

    places = [words.find(phrase) for phrase in said]
    assert -1 not in places, said[places.index(-1)]
    after = 0
    for phrase in said:
        after = words.index(phrase, after)


def test_a_pdf_says_its_language_its_title_and_what_its_pictures_show(tmp_path):
    (tmp_path / "brief.pdf").write_bytes(typeset(invented.document(), "fr").pdf)

    told = subprocess.run(
        ["pdfinfo", tmp_path / "brief.pdf"], capture_output=True, text=True, errors="replace", check=True
    ).stdout
    structure = subprocess.run(
        ["pdfinfo", "-struct", tmp_path / "brief.pdf"],
        capture_output=True,
        text=True,
        errors="replace",
        check=True,
    ).stdout

    assert "Quarante appels pour un lit" in told
    assert "Tagged:          yes" in told
    assert structure.count("Figure") >= 3
    assert "TH" in structure
    assert "BlockQuote" in structure


def test_the_grades_are_measured():
    printed = typeset(invented.document(), "en")
    long = replace(invented.document(), key_messages=(Text("Long. " * 900, "Long. " * 900),))

    assert printed.pages["key_messages"] == printed.pages["summary"] == 1
    assert not printed.too_long
    assert typeset(long, "en").too_long == ["key_messages"]


def test_what_the_fonts_cannot_show_is_named():
    assert font_coverage.unshown(ODD) == ["\ufe0f", "𝒜", "😀"]
    assert font_coverage.printable("😀") == "[U+1F600]"
    assert font_coverage.printable("ᐊᓂᔑᓈᐯᒧᐎᓐ Nʔaxʷəlqʷə́wayəɬ") == "ᐊᓂᔑᓈᐯᒧᐎᓐ Nʔaxʷəlqʷə́wayəɬ"


SAID = [
    (quote["original"], quote["own"])
    for quote in json.loads(case("20-own-words-printed-as-codes/quotes.json").read_text())
]
SAID += [
    ("oj", "ᑲᐃᐧᓐ ᓂᑕᔭᓯᓐ"),
    ("pl", "Nie miałam dokąd pójść."),
    ("es", "Él no sabía: ¿adónde?"),
    ("am", "ሰላም"),
]


@pytest.mark.parametrize(("language", "words"), SAID)
def test_own_words_print_as_themselves_or_are_refused_before_signing(language, words, tmp_path):
    """Of `20-own-words-printed-as-codes`: the check of a proof and the paper are of one mind."""
    quote = Quote("1", Text("Nowhere to go.", "Nulle part où aller."), Text("A", "A"), language, words)
    document = replace(EMPTY, plea=Plea(Text("A", "A"), (quote,)))
    refused = [str(each) for each in completeness.problems(document) if words[:10] in str(each)]

    (tmp_path / "brief.pdf").write_bytes(typeset(document, "en").pdf)
    read = subprocess.run(
        ["pdftotext", tmp_path / "brief.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout

    assert bool(refused) == ("U+" in read)  # between [ ], or ] [ where lines go from right to left
    assert bool(refused) != (words in " ".join(read.split()))
    assert all(str(vocabulary.label("languages", language)) in each for each in refused)


def test_every_word_of_a_document_is_looked_through_for_letters_that_no_font_has():
    quote = Quote("1", Text("a", "b"), Text("c", "d"), "ar", "e")
    document = replace(EMPTY, contributors=("f",), plea=Plea(Text("g", "h"), (quote,)))

    english, french = (set(strings(document, language)) for language in ("en", "fr"))

    assert {"a", "c", "e", "f", "g"} <= english
    assert {"b", "d", "e", "f", "h"} <= french


@given(st.text(max_size=200))
@settings(max_examples=often(quick=40, thorough=200), deadline=None)
def test_no_run_of_letters_is_too_long_for_a_line(words):
    assert all(
        len(run) <= font_coverage.LONG
        for run in re.split(r"[\s\u200b\u00a0]", font_coverage.printable(words))
    )


@given(st.text(max_size=80), st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=4))
@settings(deadline=None)
def test_every_picture_is_well_formed(words, cells):
    text = Text(words, words)
    figure = Figure("odd", text, text, text, tuple(text for _ in cells), (Row(text, tuple(cells)),))

    drawn = etree.fromstring(charts.svg(figure, "en").encode())

    assert len([shape for shape in drawn.iter() if shape.get("stroke-dasharray")]) == cells.count(None)


def figure_of(rows, columns):
    """A figure with so many rows and columns of the case, and what is drawn of it: key and numbers."""
    told = json.loads(case("30-picture-cut-off/figure.json").read_text())
    names = [*told["columns"][:columns], told["columns"][-1]]
    counted = [
        Row(Text(label, label), (*numbers[:columns], numbers[-1])) for label, *numbers in told["rows"][:rows]
    ]
    text = Text("What could not be had", "Ce qu’on n’a pas pu avoir")
    heads = tuple(Text(name, name) for name in names)
    drawn = [*names[:columns], *(str(cell) for row in counted for cell in row.cells[:columns])]
    return Figure("sum", text, text, text, heads, tuple(counted), has_sum=True), drawn


@pytest.mark.parametrize(("rows", "columns"), [(1, 4), (9, 4), (10, 4), (12, 4), (12, 2), (12, 3)])
def test_a_figure_keeps_all_its_parts_on_paper(rows, columns, tmp_path):
    """Of `30-picture-cut-off`: every bar and the whole key lie on a page, also when it takes two."""
    figure, drawn = figure_of(rows, columns)
    document = replace(
        EMPTY, groups=(Group(Text("A", "A"), (Recommendation(1, "R1", Text("B", "B"), figures=(figure,)),)),)
    )
    (tmp_path / "brief.pdf").write_bytes(typeset(document, "en").pdf)

    words = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "brief.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = etree.fromstring(words.encode()).iterfind(".//{*}page")
    on_paper = [
        word.text
        for page in pages
        for word in page.iterfind("{*}word")
        if MARGIN <= float(word.get("yMin")) <= float(page.get("height")) - MARGIN
    ]

    assert {said for said in drawn if on_paper.count(said) < 2} == set(), "in the picture and in the table"


@pytest.mark.parametrize("rows", range(13))
@pytest.mark.parametrize("columns", range(1, 5))
def test_no_part_of_a_picture_is_taller_than_a_page_and_together_they_have_all_of_it(rows, columns):
    figure, _drawn = figure_of(rows, columns)

    whole, parts = charts.svg(figure, "en"), charts.pages(figure, "en")

    assert all(float(re.search(r'viewBox="0 0 640 ([\d.]+)"', part)[1]) <= charts.TALLEST for part in parts)
    assert sum(part.count('text-anchor="end"') for part in parts) == whole.count('text-anchor="end"') == rows
    assert all(part.count('width="14"') == (columns if columns > 1 else 0) for part in parts)


def test_the_longest_numbers_and_words_of_a_key_lie_within_the_picture():
    text = Text("w" * 200, "w" * 200)
    figure = Figure("odd", text, text, text, (text, text), (Row(text, (10**9, 10**12)),))

    drawn = etree.fromstring(charts.svg(figure, "en").encode())

    for word in drawn.iterfind("{*}text"):
        wide = len(word.text) * charts.LETTER
        assert float(word.get("x")) + (0 if word.get("text-anchor") else wide) <= charts.WIDTH


def test_a_page_stands_alone_and_runs_nothing():
    page = html.compose(invented.document(), "fr").decode()

    assert 'lang="fr-CA"' in page
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r"<script|\sstyle=|<style|https?://(?!alongside\.example|www\.w3\.org)", page)
    assert len(re.findall(r"<svg", page)) == len(invented.document().figures)
    assert page.count("<blockquote>") == len(invented.document().quotes)


def test_words_of_a_page_are_never_markup():
    odd_words = Text("<script>x</script> ^1 & **<b>**", "<script>x</script>")
    page = html.compose(replace(odd(), title=odd_words, context=odd_words), "en").decode()

    assert "<script" not in page
    assert "&lt;script&gt;x" in page


def test_every_table_is_in_the_csv_with_what_to_mind():
    document = invented.document()

    for language, protected in (("en", "protected"), ("fr", "protégé")):
        rows = list(csv.reader(io.StringIO(tables.csv_of(document, language).decode("utf-8-sig"))))
        words = [row[0] for row in rows if row]
        for figure in document.figures:
            for row in figure.rows:
                cells = [protected if cell is None else str(cell) for cell in row.cells]
                assert [row.label.of(language), *cells] in rows
        assert sum(word == ("To mind" if language == "en" else "À savoir") for word in words) == len(
            document.figures
        )


def test_no_cell_of_the_csv_is_a_formula():
    figure = replace(
        invented.FIGURES["barrier"], rows=(Row(Text("=1+1", "@x"), (3,)),), head=Text("-a", "+b")
    )
    document = replace(EMPTY, plea=Plea(figures=(figure,)))

    for language in ("en", "fr"):
        cells = [
            cell
            for row in csv.reader(io.StringIO(tables.csv_of(document, language).decode("utf-8-sig")))
            for cell in row
        ]
        assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_can_be_read_by_everybody(new_page, look, tmp_path, language):
    (tmp_path / "page.html").write_bytes(
        html.compose(odd() if language == "fr" else invented.document(), language)
    )
    (tmp_path / "brief.css").write_bytes(
        (font_coverage.FONTS.parent / "static" / "briefs" / "edition.css").read_bytes()
    )
    page = new_page(bypass_csp=True)
    page.goto((tmp_path / "page.html").as_uri())

    look(page)


@pytest.mark.parametrize(
    "path", sorted(font_coverage.FONTS.glob("atkinson*.ttf")), ids=lambda path: path.stem
)
def test_a_zero_is_plain_in_days_and_money(path):
    shape = TTFont(path)["glyf"]["zero"]

    assert shape.numberOfContours == 2, "its edge and its one counter, with no slash through it"
