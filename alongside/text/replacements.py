"""Neutral words to stand where somebody could have been told by theirs.

What is suggested, in the language of the text. Pure.
"""

from __future__ import annotations

import re

from alongside.text.identifiers import is_a_place, relation_before

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "friend": "[a friend]",
        "family": "[somebody in the family]",
        "worker": "[a worker]",
        "trafficker": "[that person]",
        "name": "[somebody]",
        "town": "[a town]",
        "place": "[a place]",
        "date": "[a date]",
        "phone": "[a telephone number]",
        "email": "[an account]",
        "address": "[an address]",
        "age": "[an age]",
        "number": "[a number]",
        "rare": "[a role]",
        "by_hand": "[…]",
        "child": "[as a child]",
        "teens": "[in their teens]",
        "adult": "[as an adult]",
    },
    "fr": {
        "friend": "[une amie ou un ami]",
        "family": "[quelqu’un de la famille]",
        "worker": "[une personne intervenante]",
        "trafficker": "[cette personne]",
        "name": "[quelqu’un]",
        "town": "[une ville]",
        "place": "[un lieu]",
        "date": "[une date]",
        "phone": "[un numéro de téléphone]",
        "email": "[un compte]",
        "address": "[une adresse]",
        "age": "[un âge]",
        "number": "[un numéro]",
        "rare": "[un rôle]",
        "by_hand": "[…]",
        "child": "[dans l’enfance]",
        "teens": "[à l’adolescence]",
        "adult": "[à l’âge adulte]",
    },
}


def suggested(text: str, start: int, end: int, kind: str, language: str) -> str:
    """Return what could stand there instead: a relation rather than a name, a band rather than an age."""
    words = WORDS["fr" if language.startswith("fr") else "en"]
    said = text[start:end]
    if kind == "name":
        return words[relation_before(text, start) or "name"]
    if kind == "place":
        return words["town" if is_a_place(said) else "place"]
    if kind == "age" and (number := re.search(r"\d+", said)):
        years = int(number.group())
        return words["child" if years < 13 else "teens" if years < 18 else "adult"]
    return words.get(kind, words["by_hand"])


def offered(kind: str, language: str) -> list[str]:
    """Return what else is offered for this kind."""
    words = WORDS["fr" if language.startswith("fr") else "en"]
    if kind == "name":
        return [words[key] for key in ("name", "friend", "family", "worker", "trafficker")]
    if kind == "age":
        return [words[key] for key in ("child", "teens", "adult", "age")]
    return [words[key] for key in (["town", "place"] if kind == "place" else [kind])]
