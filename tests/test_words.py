"""The words for people: French beside English, and plain where a person hears them.

Also papers whose claims lead somewhere.
"""

import ast
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from config import words
from tests.examples import examples

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = [folder for folder in words.folders() if any(message.id for message in words.found_in(folder))]
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted(ROOT.glob("docs/decisions/[0-9]*.md"))
GUIDES = (
    "administrator",
    "caseworker",
    "criminal-legal-partner",
    "intake",
    "leader",
    "operator",
    "privacy-officer",
)

ALIKE = {
    "Alongside",
    "Code",
    "Description",
    "Invitation",
    "Latitude",
    "Longitude",
    "Menu",
    "Page",
    "Pages",
    "Police",
    "Service",
    "Services",
    "Source",
    "Thunder Bay",
    "code",
}  # names, and words that French and English share
# Where « elle » is a thing (a key, an address), or one of the pronouns somebody may choose.
SPOKEN_OF = {
    "elle, il, iel, ou tout autre mot de son choix.",
    "Elle n’est pas conservée ici. On vous dira où venir.",
    "Plus personne ne pourra se connecter avec elle. Vos autres moyens restent tels quels.",
}
NO_BREAK = "\u00a0\u202f"
# what a person hears when they agree, read out by the worker
HEARD = {label: given.heard for label, given in examples().items() if given.heard}
PLAIN = 7  # grade; interface.md asks for about 6


def said(folder: Path) -> Iterator[tuple[Message, str, str]]:
    """Every message of a folder with each of its English and French forms."""
    for message in words.french(folder):
        if message.id:
            english = message.id if isinstance(message.id, tuple | list) else (message.id,)
            french = message.string if isinstance(message.string, tuple | list) else (message.string,)
            yield from ((message, en, fr) for en, fr in zip(english, french, strict=True))


def placeholders(text: str) -> list[str]:
    """What is filled in later: `%(name)s`, `%s`, `{name}`; and the tags that must stay."""
    return sorted(re.findall(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}|</?[a-z]+[^>]*>", text))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_message_has_its_french_and_nothing_is_left_over(folder):
    asked = {(message.context, words._key(message)) for message in words.found_in(folder) if message.id}
    there = {
        (message.context, words._key(message)) for message, _, fr in said(folder) if fr and not message.fuzzy
    }

    assert asked - there == set()
    assert there - asked == set()


def asked_for(module: Path) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """The context and the forms of every message in a module, as Python reads its calls of gettext."""
    for node in ast.walk(ast.parse(module.read_text())):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in words.KEYWORDS:
                given = [getattr(argument, "value", None) for argument in node.args]
                context = given.pop(0) if "pgettext" in name else None
                forms = tuple(given[: 2 if name.startswith("n") else 1])
                if all(isinstance(form, str) for form in forms):
                    yield context, forms


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_babel_finds_the_messages_that_python_shows(folder):
    """Babel reads tokens, not Python, and what it doesn't find loses its French.

    It passes over `_(("so " "and so"))`, and takes `_("yes" if sure else "no")` for “yesno”.
    """
    for module in folder.rglob("*.py"):
        if words.APART.isdisjoint(module.relative_to(folder).parts):
            found = {
                (context, message if isinstance(message, tuple) else (message,))
                for message, _, context in words._messages(module)
            }
            assert set(asked_for(module)) == found, module


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_filled_in_is_the_same_in_both_languages(folder):
    assert not [
        en
        for message, en, fr in said(folder)
        if fr and placeholders(en) != placeholders(fr) and "%(n)s" not in en
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_french_is_merely_the_english(folder):
    assert (
        not {en for _, en, fr in said(folder) if en == fr and re.search("[a-z]{3}", en)}
        - ALIKE
        - names_in(folder)
    )


def names_in(folder: Path) -> set[str]:
    """Names of people and agencies are names in any language."""
    return {en for message, en, _ in said(folder) if any("demo" in place for place, _ in message.locations)}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_french_is_set_as_french_is_set(folder):
    straight = [
        fr
        for _, _, fr in said(folder)
        if re.search(r"[\w]'[\w]|[“”\"](?![^<]*>)", re.sub(r"<[^>]*>", "", fr))
    ]
    loose = [
        fr
        for _, _, fr in said(folder)
        if re.search(rf"(?<![{NO_BREAK}\d:])[:;?!»](?=\s|$)|«(?![{NO_BREAK}])", fr)
    ]

    assert not straight
    assert not loose


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_french_never_takes_the_person_for_a_woman_or_a_man(folder):
    """ "They" is the person: in French « la personne », never « elle » or « il » in its place."""
    gendered = re.compile(r"\b(elle|elle-même|lui-même)\b", re.IGNORECASE)
    about_somebody = re.compile(r"\b(they|them|their|themselves)\b", re.IGNORECASE)

    assert (
        not {fr for _, en, fr in said(folder) if about_somebody.search(en) and gendered.search(fr)}
        - SPOKEN_OF
    )


OFFICIAL = {"Services aux victimes", "services aux victimes"}  # what these services are called in Ontario
NOT_SAID = re.compile(
    r"\bvictimes?\b|\b(?:montrer|présenter) (?:ses|leurs|vos) papiers\b|^D[’']ailleurs\b",
    re.IGNORECASE,
)


def test_french_says_nothing_of_a_person_that_english_does_not_say():
    """Nobody is a victim, shows their papers, or comes “d’ailleurs” where numbers of others are meant."""
    told = {fr for folder in FOLDERS for _, _, fr in said(folder)}
    for path in (ROOT / "alongside/kernel/data").glob("*.json"):
        told |= set(re.findall(r'"((?:[^"\\\\]|\\\\.)*)"', path.read_text()))

    assert not {words for words in told - OFFICIAL if NOT_SAID.search(words)}


def test_the_same_words_are_said_alike_everywhere():
    """Django puts all folders into one list.

    A message said in two ways would be said in only one of them, everywhere.
    """
    ways: dict[tuple[str | None, object], set[str]] = {}
    for folder in FOLDERS:
        for message, _, fr in said(folder):
            ways.setdefault((message.context, message.id), set()).add(
                fr if isinstance(message.id, str) else str(message.string)
            )

    assert not {key[1]: sorted(forms) for key, forms in ways.items() if len(forms) > 1}


def syllables(word: str) -> int:
    """How many syllables an English word has, near enough for a grade."""
    word = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", word.casefold()))
    word = (
        re.sub(r"(?<=[^aeiouy])(es|ed|e)$", "", word)
        if len(word) > 3 and not word.endswith(("le", "ted", "ded", "ses", "ces"))
        else word
    )
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def grade(text: str) -> float:
    """The school year in which a text is read with ease (Flesch and Kincaid 1975)."""
    sentences = [part for part in re.split(r"[.!?:;]+(?:\s|$)", text) if re.search(r"\w", part)]
    found = re.findall(r"[A-Za-z][A-Za-z’'-]*", text)
    return 0.39 * len(found) / len(sentences) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat.", -2, 1),
        ("You can say no, and everything here stays the same for you.", 3, 7),
        (
            (
                "Notwithstanding contractual indemnification, the undersigned irrevocably authorizes "
                "dissemination of identifiable information."
            ),
            20,
            60,
        ),
    ],
)
def test_the_grade_knows_plain_from_learned(text, low, high):
    assert low <= grade(text) <= high


def heard() -> Iterator[tuple[str, str]]:
    """What a person hears or reads when they agree, in English and in French."""
    for label, stems in HEARD.items():
        for message, en, fr in said(words.PACKAGE / label):
            if stems == ("*",) or any(Path(place).stem in stems for place, _ in message.locations):
                yield en, fr


def test_reading_grade_check_on_consent_strings():
    """The name is practice.md's (section 10).

    All of it together, and each text long enough for a grade to mean something.
    """
    texts = [re.sub(r"%\([a-z_]+\)s", "Jo", re.sub(r"<[^>]*>", "", en)) for en, _fr in heard()]
    hard = {text: round(grade(text), 1) for text in texts if len(text.split()) >= 12 and grade(text) > PLAIN}

    assert len(texts) > 160
    assert grade(" . ".join(texts)) <= PLAIN
    assert not hard


def test_what_is_heard_in_french_is_short_too():
    long = [
        sentence
        for _en, fr in heard()
        for sentence in re.split(r"[.!?;:]\s", fr)
        if len(sentence.split()) > 24
    ]

    assert not long


# --- papers -------------------------------------------------------------------------------------------------


def links(paper: Path) -> Iterator[str]:
    """Every link and picture of a paper, code apart."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", paper.read_text(), flags=re.DOTALL)
    yield from re.findall(r"\]\(([^)\s]+)\)", text)


def anchors(paper: Path) -> set[str]:
    """The anchors its headings have."""
    headings = re.findall(r"^#+ (.+)$", paper.read_text(), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.casefold().replace("\u00a0", "")).strip().replace(" ", "-")
        for heading in headings
    }


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_links_lead_somewhere(paper):
    lost = []
    for link in links(paper):
        path, _, anchor = link.partition("#")
        target = (paper.parent / path).resolve() if path else paper
        if "://" in link or not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)

    assert not lost


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_what_a_paper_names_is_there(paper):
    """Files in backticks exist; `alongside …` is a verb; `make …` is a target."""
    named = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", paper.read_text(), flags=re.DOTALL))
    files = [name for name in named if re.fullmatch(r"(alongside|tests|config|docs)/[\w./-]+", name)]

    assert not [name for name in files if not (ROOT / name).exists()]
    assert not [
        name
        for name in named
        if re.match(r"make [a-z]", name)
        and not re.search(rf"^{name.split()[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    ]
    assert not [
        name
        for name in named
        if name.startswith("alongside ") and not any(name.startswith(verb) for verb in verbs())
    ]


def verbs() -> set[str]:
    """What the console knows, as it is typed."""
    from alongside.__main__ import verbs as known

    return {f"alongside {verb.name}" for verb in known()} | {"alongside VERB", "alongside --help"}


def test_decisions_are_numbered_without_holes_and_listed():
    listed = (ROOT / "docs/decisions/README.md").read_text()

    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert all(f"({path.name})" in listed for path in DECISIONS)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.stem)
def test_a_decision_says_what_it_was_about_what_was_decided_and_what_follows(decision):
    text = decision.read_text()

    assert text.startswith(f"# {decision.name[:4]} ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.split()) < 600  # a page


@pytest.mark.parametrize("work", [guide for given in examples().values() for guide in given.guides])
def test_the_work_of_an_evidence_editor_is_explained_in_both_languages(work):
    english, french = ((ROOT / f"docs/guides/{work}{ending}.md").read_text() for ending in ("", ".fr"))

    assert len(re.findall("^## ", english, re.MULTILINE)) == len(re.findall("^## ", french, re.MULTILINE)) > 1


@pytest.mark.parametrize("role", GUIDES)
def test_every_role_has_its_guide_in_both_languages(role):
    english, french = (ROOT / f"docs/guides/{role}{ending}.md" for ending in ("", ".fr"))

    assert "## At 3 a.m." in english.read_text()
    assert "## À 3 h du matin" in french.read_text()
    assert len(re.findall("^## ", english.read_text(), re.MULTILINE)) == len(
        re.findall("^## ", french.read_text(), re.MULTILINE)
    )
    assert f"({role}.fr.md" in english.read_text()
    assert f"({role}.md" in french.read_text()


@pytest.mark.parametrize(
    "drawing", sorted(ROOT.glob("docs/pictures/*.svg")), ids=lambda drawing: drawing.name
)
def test_a_drawing_can_be_read_without_being_seen(drawing):
    text = drawing.read_text()

    assert 'role="img"' in text
    assert len(re.findall(r"<title|<desc", text)) == 2


def test_every_picture_has_words_in_its_place():
    assert not [
        f"{paper.name}: {path}"
        for paper in PAPERS
        for words_, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", paper.read_text())
        if len(words_) < 20
    ]


def test_no_registry_is_named_in_what_is_required():
    named = [
        f"{path.name}: {line.strip()}"
        for path in ROOT.glob("requirements*")
        for line in path.read_text().splitlines()
        if re.search(
            r"://|^\s*(-i|--index|--extra-index|--find-links|--trusted-host)\b|pypi\.|@ ?(git|file)", line
        )
    ]

    assert not named


def test_the_changelog_speaks_to_people():
    """Users' words: no name of a module, no path of a source file."""
    assert not re.findall(r"\b\w+\.py\b|\balongside/\w+", (ROOT / "CHANGELOG.md").read_text())


def test_no_paper_names_this_machine_or_a_real_address():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md", "NOTICE"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    text = {name: (ROOT / name).read_text() for name in listed.stdout.split() if (ROOT / name).exists()}

    assert not [
        name
        for name, said_ in text.items()
        if re.search(
            r"/(work|root|home/\w+)/|[\w.+-]+@[\w-]+\.[a-z]{2,}",
            re.sub(r"`[^`\n]*`|```.*?```", "", said_, flags=re.DOTALL),
        )
    ]


def test_every_folder_that_speaks_has_a_french_list():
    silent = [folder.name for folder in FOLDERS if not words._po(folder).exists()]

    assert not silent


def test_the_check_for_missing_words_is_part_of_make_check():
    tree = ast.parse((ROOT / "config/checking.py").read_text())
    commands = next(
        ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "CHECKS"
    )

    assert "'config.words', 'missing'" in commands
