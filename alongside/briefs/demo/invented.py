"""The invented brief as a document, built directly.

What the tests of printing print, and the last resort of whoever wants to see one.
"""

from __future__ import annotations

from alongside.briefs.demo import words
from alongside.briefs.edition.document import (
    Cost,
    Definition,
    Document,
    Fact,
    Figure,
    Group,
    Plea,
    Quote,
    Recommendation,
    Row,
    Text,
)

CAVEAT = Text("Requests, not people.", "Des demandes, pas des personnes.")
PERIOD = Text("January to June 2026", "Janvier à juin 2026")


def _text(pair: words.Pair) -> Text:
    return Text(*pair)


def _quote(said: words.Said, number: int) -> Quote:
    return Quote(f"quote-{number}", _text(said.words), _text(said.attribution), said.original)


def _figure(
    code: str,
    finding: words.Pair,
    head: words.Pair,
    rows: list[tuple[words.Pair, tuple[int | None, ...]]],
    *columns: words.Pair,
) -> Figure:
    counted = ", ".join(
        f"{label[0]} {cells[0] if cells[0] is not None else 'protected'}" for label, cells in rows
    )
    counted_fr = ", ".join(
        f"{label[1]} {cells[0] if cells[0] is not None else 'protégé'}" for label, cells in rows
    )
    return Figure(
        code,
        _text(finding),
        Text(f"Bars: {counted}.", f"Barres\u00a0: {counted_fr}."),
        _text(head),
        tuple(_text(column) for column in columns or (("Requests", "Demandes"),)),
        tuple(Row(_text(label), cells) for label, cells in rows),
        definition=Text(
            "Requests of the agencies’ workers that came to nothing.",
            "Demandes du personnel des organismes restées sans réponse.",
        ),
        period=PERIOD,
        caveat=CAVEAT,
    )


FIGURES = {
    "need": _figure(
        "need",
        (
            "A place to sleep was asked for more often than the three next needs together",
            "Un endroit où dormir a été demandé plus souvent que les trois besoins suivants réunis",
        ),
        ("What was sought", "Ce qui était cherché"),
        [
            (("Shelter tonight", "Hébergement ce soir"), (1240, 1415)),
            (("A home of one’s own", "Un logement à soi"), (455, 520)),
            (("Counselling", "Soutien psychologique"), (380, 365)),
            (("A ride", "Un transport"), (205, 240)),
            (("Legal help", "Aide juridique"), (90, 105)),
            (("Dental care", "Soins dentaires"), (None, 40)),
        ],
        ("July to December 2025", "Juillet à décembre 2025"),
        ("January to June 2026", "Janvier à juin 2026"),
    ),
    "barrier": _figure(
        "barrier",
        (
            "Distance stood in the way more often than cost",
            "La distance a fait obstacle plus souvent que le coût",
        ),
        ("What stood in the way", "Ce qui a fait obstacle"),
        [
            (("No space", "Pas de place"), (1630,)),
            (("Too far", "Trop loin"), (415,)),
            (("Cost", "Coût"), (235,)),
            (
                ("A document was asked for that nobody had", "On demandait un document que personne n’avait"),
                (120,),
            ),
            (("Language", "Langue"), (None,)),
        ],
    ),
    "shelter": _figure(
        "shelter",
        (
            "In every region of the district more than half of the requests for a night came to nothing",
            "Dans chaque région du district, plus de la moitié des demandes pour une nuit sont restées sans "
            "réponse",
        ),
        ("Region", "Région"),
        [
            (("East", "Est"), (820,)),
            (("Central", "Centre"), (410,)),
            (("North", "Nord"), (185,)),
            (("West", "Ouest"), (None,)),
        ],
    ),
}
BOX: tuple[tuple[words.Pair, words.Pair], ...] = (
    (("Interviews", "Entrevues"), ("31", "31")),
    (
        ("Roles", "Rôles"),
        (
            "shelter workers 6, outreach workers 6, nurses 5, housing workers 5, counsellors 4, legal "
            "clinic workers 3, people with lived experience 2",
            "refuge 6, proximité 6, soins infirmiers 5, logement 5, soutien psychologique 4, clinique "
            "juridique 3, expérience vécue 2",
        ),
    ),
    (("Period", "Période"), ("February to April 2026", "Février à avril 2026")),
    (("Languages", "Langues"), ("English, French", "anglais, français")),
    (
        ("Read by", "Lecture par"),
        (
            "2 people, apart first; agreement (Krippendorff’s alpha) 0.81, used as a reason to talk",
            "2 personnes, d’abord séparément\u00a0; accord (alpha de Krippendorff) 0,81, qui sert de raison "
            "d’en parler",
        ),
    ),
    (
        ("Numbers", "Chiffres"),
        (
            "shown from 20 on, rounded to 5; from at least 3 agencies",
            "montrés à partir de 20, arrondis à 5\u00a0; d’au moins 3 organismes",
        ),
    ),
    (("Counted until", "Compté jusqu’au"), ("June 30, 2026", "30 juin 2026")),
)


def document(number: int = 1, on: str = "2026-07-15") -> Document:
    """Return the invented brief, whole."""
    counter = iter(range(1, 1000))
    groups = tuple(
        Group(
            _text(title),
            tuple(
                Recommendation(
                    int(recommendation.code[1:]),
                    recommendation.code,
                    _text(recommendation.statement),
                    quotes=tuple(_quote(said, next(counter)) for said in recommendation.quotes),
                    impact=_text(recommendation.impact),
                    figures=(FIGURES[recommendation.table],) if recommendation.table else (),
                )
                for recommendation in advice
            ),
        )
        for title, advice in words.GROUPS
    )
    return Document(
        slug="two-rivers",
        number=number,
        on=on,
        title=_text(words.TITLE),
        agency=Text("Two Rivers Evidence Circle", "Cercle de données des Deux-Rivières"),
        address=f"https://alongside.example/briefs/two-rivers/{number}",
        software="Alongside 0.1.0",
        contributors=words.CONTRIBUTORS,
        key_messages=tuple(_text(message) for message in words.KEY_MESSAGES),
        summary=_text(words.SUMMARY),
        context=_text(words.CONTEXT),
        method=_text(words.METHOD),
        method_box=tuple(Fact(_text(label), _text(value)) for label, value in BOX),
        audiences=tuple(_text(audience) for audience in words.AUDIENCES),
        definitions=tuple(Definition(_text(term), _text(meaning)) for term, meaning in words.DEFINITIONS),
        groups=groups,
        plea=Plea(
            _text(words.PLEA),
            (_quote(words.PLEA_QUOTE, next(counter)),),
            cost=Cost(1_850_000, 2_400_000, 3_150_000, _text(words.COST_WORDS)),
            ask=_text(words.ASK),
        ),
        references=tuple(_text(reference) for reference in words.REFERENCES),
    )
