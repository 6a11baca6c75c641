"""What may tell who somebody is by its shape: addresses of every kind, numbers, dates, ages.

English and French; pure.

Each pattern is one kind. Where two of a kind meet they are one; of two kinds the longer holds, and of two as
long the one that stands first here. Moments of the day and days of the week stay: they tell nobody.
"""

from __future__ import annotations

import re

MONTH = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december|janvier|février|"
    r"mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|(?:jan|feb|apr|jun|jul|aug|sept?|"
    r"oct|nov|dec|janv|févr|juill|déc)\b\.?|may)"
)
YEAR = r"(?:19[2-9]\d|20[0-4]\d)"
DAY = r"(?:[0-3]?\d(?:st|nd|rd|th|er|e)?)"
COUNT = (
    r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|"
    r"six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|un|deux|trois|quatre|cinq|sept|huit|neuf|dix(?:-"
    r"(?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize|(?:vingt|trente|quarante|cinquante|"
    r"soixante)(?:(?:-| et )(?:et-)?(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|"
    r"quatorze|quinze|seize))?)"
)
DIGIT = (
    r"(?:\d|oh|zero|one|two|three|four|five|six|seven|eight|"
    r"nine|zéro|un|deux|trois|quatre|cinq|sept|huit|neuf)"
)
CAPITAL = r"(?:[A-ZÀ-ÞŒ0-9][\w’'\-.]{0,40})"
NAME = r"(?:[A-ZÀ-ÞŒ0-9][\w’'\-]{0,40})"
NAMED = (
    r"Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Crescent|Cres|Boulevard|Blvd|Lane|Ln|Court|Crt|Way|Place|Terrace|"
    r"Terr|Circle|Parkway|Pkwy|Trail|Gate|Square|Highway|Hwy|Line|Concession|Sideroad"
)
STREET = rf"(?:{NAMED}|{NAMED.lower()})"
RUE = (
    r"(?:rue|avenue|av\.|boulevard|boul\.|chemin|ch\.|rang|ruelle|"
    r"montée|croissant|promenade|allée|côte|route|autoroute)"
)
I = re.IGNORECASE  # noqa: E741

PATTERNS: list[tuple[str, str, re.RegexFlag | int]] = [
    ("email", r"(?<![\w.+\-])[\w.+\-]{1,64}(?:@|\s?\[at\]\s?)[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6}", 0),
    ("email", r"\b(?:https?://|www\.)[^\s<>\"”»)]{1,400}[^\s<>\"”»).,;:!?]", I),
    (
        "email",
        (
            r"(?<![\w\-])[\w\-]{1,63}\.(?:com|ca|org|net|info|gc\.ca|on\.ca|qc\.ca|me|io|app|gg)\b"
            r"(?:/[^\s<>\"”»)]{0,400}[^\s<>\"”»).,;:!?])?"
        ),
        I,
    ),
    ("email", r"(?<![\w@])@[\w](?:[\w.\-]{0,60}\w)?", 0),
    (
        "email",
        r"\b(?:snap(?:chat)?|insta(?:gram)?|ig|tiktok|tik tok|twitter|telegram|whatsapp|discord|kik|onlyfans|"
        r"facebook|leolist)(?: (?:name|account|handle|user|username|is|was|as|under|he|she|they|i|am|it|my|"
        r"his|her|compte|nom|est|était|sous|c’est)){0,8}[: ]{1,3}((?=[\w.\-]{0,60}[_\d.])[\w.\-]{0,60}\w)",
        I,
    ),
    (
        "phone",
        (
            r"(?<![\w\-])(?:\+?1[ .\-]?)?(?:\(\d{3}\)|\d{3})[ .\-]?\d{3}[ .\-]?\d{4}(?:[ ,]*(?:ext|x|poste|"
            r"p)\.?[ ]?\d{1,6})?(?!\w|-\d)"
        ),
        I,
    ),
    ("phone", r"(?<![\w\-])\+\d{1,3}(?:[ .\-]?\d{2,4}){3,5}(?!\w)", 0),
    ("phone", r"(?<![\w\-./$])\d{3}[\- .]\d{4}(?![\w\-])", 0),
    ("phone", rf"\b{DIGIT}(?:[ ,\-.]+{DIGIT}){{5,}}\b", I),
    ("address", r"\b[ABCEGHJKLMNPRSTVXY]\d[A-Z][ \-]?\d[A-Z]\d\b", I),
    (
        "address",
        (
            rf"\b\d{{1,6}}[A-Za-z]?(?:[\-–]\d+)?,? (?:{CAPITAL} ){{1,4}}{STREET}\b\.?(?: (?:North|South|East|"
            r"West|N|S|E|W)\b\.?)?(?:,? (?:unit|apt|apartment|suite|#) ?#?\w+)?"
        ),
        0,
    ),
    (
        "address",
        (
            rf"\b\d{{1,6}}[A-Za-z]?,? {RUE}(?: (?:de la|de l’|du|des|de|d’|la|le|l’|Saint|"
            rf"Sainte))*[ ’]?{NAME}(?:[ \-]{NAME}){{0,3}}"
        ),
        0,
    ),
    ("address", rf"\b(?:{CAPITAL} ){{1,3}}(?:{NAMED})\b", 0),
    ("address", rf"\b{RUE}(?: (?:de la|de l’|du|des|de|d’|la|le|l’))? ?{NAME}(?:[ \-]{NAME}){{0,2}}", 0),
    (
        "address",
        (
            r"\b(?:highway|hwy|autoroute|route|county road|regional road|"
            r"concession|line|sideroad|rang) #?\d{1,4}[A-Z]?\b"
        ),
        I,
    ),
    (
        "address",
        (
            r"\b(?:unit|apt\.?|apartment|suite|room|appartement|app\.|chambre|porte|cell|cellule|"
            r"p\.?o\.? box|c\.?p\.?) ?#?\d{1,5}[A-Za-z]?\b"
        ),
        I,
    ),
    ("address", rf"\b{CAPITAL} (?:and|&|et) {CAPITAL}(?= (?:intersection|corner))", 0),
    ("address", rf"(?<=corner of )(?:the )?{CAPITAL}(?: {STREET})? (?:and|&) {CAPITAL}", 0),
    ("address", rf"(?<=coin )(?:de |des rues )?{CAPITAL} et {CAPITAL}", 0),
    (
        "number",
        (
            r"\b(?:licen[cs]e plate|licen[cs]e|plates?|plaque)(?: (?:number|no\.?|numéro|is|was|est|était|"
            r"d’immatriculation)){0,6}[: ]{1,3}((?=[\w\- ]{0,9}\d)[A-Z0-9]{2,4}[ \-]?[A-Z0-9]{2,4})\b"
        ),
        I,
    ),
    (
        "number",
        (
            r"(?<![\w\-])(?:[A-Z]{4}[ \-]?\d{3}|[A-Z]{3}[ \-]\d{3}|[A-Z]\d{2}[ \-][A-Z]{3}|"
            r"[A-Z]{2}[ \-]?\d{5})(?![\w\-])"
        ),
        0,
    ),
    ("age", rf"\b{COUNT}(?:[\- ]and[\- ]a[\- ]half)?[\- ](?:years?|months?|weeks?|yrs?)[\- ]olds?\b", I),
    ("age", rf"\b{COUNT} (?:ans|mois)\b(?! (?:plus|de (?:prison|travail|services?|loyer|retard)))", I),
    ("age", rf"\b(?:aged?|age of|âgée?s? de|à l’âge de|l’âge de) ({COUNT})\b", I),
    (
        "age",
        r"\b(?:(?:i|she|he|they|who|we|you|daughter|son|sister|brother|kid)(?: was| were|’m|'m| am|’s|'s| is|"
        r" turned| had turned| just turned)|turned|turning|when i was|around) (?:only |just |about |like |"
        rf"barely )*({COUNT})\b(?=\s*(?:[.,;!?]|$|\n|(?:when|and|at|or|then|the|years?|in|on|last|this|that|"
        r"because|so|but|by)\b))(?! (?:years?|months?|weeks?|days?|hours?|minutes?|of|percent|dollars|times|"
        r"people))",
        I,
    ),
    ("date", r"\b(?:19|20)\d\d[\-/.](?:0?[1-9]|1[0-2])[\-/.](?:0?[1-9]|[12]\d|3[01])\b", 0),
    (
        "date",
        (
            r"(?<![\d/.\-])(?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|"
            r"[12]\d|3[01])[/.\-](?:(?:19|20)\d\d|\d\d)(?![\d/\-])"
        ),
        0,
    ),
    ("date", rf"\b{MONTH} (?:the )?{DAY}\b(?!:\d)(?:,? {YEAR})?", I),
    ("date", rf"\b(?:le )?{DAY}(?: day)?(?: of)? {MONTH}(?![’'\w])(?:,? (?:of |de )?{YEAR})?", I),
    ("date", rf"\b{MONTH},? (?:of |de )?{YEAR}\b", I),
    (
        "date",
        (
            rf"\b(?<=in ){MONTH.replace('|may', '|May')}(?![’'\w])|(?<=\bsince ){MONTH}(?![’'\w])|"
            rf"(?<=\bdepuis ){MONTH}(?![’'\w])|(?<=\ben ){MONTH}(?![’'\w])|(?<=\blast ){MONTH}(?![’'\w])|"
            rf"(?<=\bnext ){MONTH}(?![’'\w])|(?<=\bof )May\b"
        ),
        I,
    ),
    (
        "date",
        (
            r"\b(?:summer|fall|autumn|winter|spring|christmas|easter|été|hiver|automne|printemps|noël|pâques)"
            r"(?: of| de)? (?:19[2-9]\d|20[0-4]\d)\b"
        ),
        I,
    ),
    ("date", rf"(?<![\d$.,\-/#]){YEAR}(?![\d.,]\d|%|\w)(?!\s?(?:dollars|\$|people|beds))", 0),
    (
        "number",
        (
            r"\b(?:case|file|badge|card|account|health card|sin|record|report|occurrence|docket|dossier|"
            r"matricule|carte|compte|numéro|no\.|nº|#)(?: (?:number|no\.?|numéro|is|was|est|de|"
            r"d’)){0,6}[:# ]{1,3}((?=[\w\-]{0,40}\d\d)[\w\-]{3,40})"
        ),
        I,
    ),
    (
        "number",
        (
            r"(?<![\w$\-.,/])\d(?:[ \-]?\d){4,30}(?:[ \-]?[A-Z]{2})?(?![\w%]|[.,]\d)"
            r"(?! ?(?:\$|dollars?|people|personnes|beds|lits))"
        ),
        0,
    ),
]
COMPILED = [(kind, re.compile(pattern, flags)) for kind, pattern, flags in PATTERNS]


def find(text: str) -> list[tuple[int, int, str]]:
    """Every stretch with one of these shapes, the longest first.

    Stretches may overlap, and the one said first holds: half of a number is never taken for all of it.
    """
    found = [
        (kind, match.start(group), match.end(group), rank)
        for rank, (kind, pattern) in enumerate(COMPILED)
        for match in pattern.finditer(text)
        for group in [pattern.groups if pattern.groups and match.group(pattern.groups) is not None else 0]
    ]
    joined: list[tuple[str, int, int, int]] = []
    for kind, start, end, rank in sorted(found):  # what overlaps and is of one kind is one stretch
        if joined and joined[-1][0] == kind and start < joined[-1][2]:
            _, begun, ended, first = joined.pop()
            start, end, rank = begun, max(ended, end), min(first, rank)
        joined.append((kind, start, end, rank))
    joined.sort(key=lambda each: (each[1] - each[2], each[3]))
    return [(start, end, kind) for kind, start, end, _ in joined]
