"""A broken file changes nothing, and says where it is broken.

Nothing anybody sends is ever an error of ours.
"""

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.directory import commands
from alongside.directory.formats import feeds
from alongside.directory.formats.mappings import shipped_mappings
from alongside.directory.formats.notes import REFUSES, WORDS
from alongside.directory.models import Entry, ReportLine, Source
from alongside.directory.tests.conftest import DATA
from alongside.directory.tests.test_importing import AIRS3
from alongside.kernel.imports.delimited import Broken
from tests.lanes import often

MAPPING = shipped_mappings()["ontario-health-providers"]
HEADING = ",".join(dict.fromkeys([*MAPPING["columns"].values(), "OBJECTID"]))
CSV = (
    HEADING
    + "\n"
    + "\n".join(
        f"{n},Place {n},Lieu {n},,,Pharmacy,Retail,{n} Main,,,Kenora,P9N1A1,49.7,-94.4,2025/04/09,{n}"
        for n in range(9)
    )
).encode()
JSON = json.dumps(
    {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "Care",
        "status": "active",
        "minimum_age": 1e3,
        "phones": [{"number": "1"}],
        "organization": {"name": "O"},
    }
).encode()
KINDS = {"csv": CSV, "hsds-json": JSON, "airs": AIRS3}


def _mutated(content, seed):
    chance, out = random.Random(seed), bytearray(content)  # noqa: S311 - only to break files
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(out) + 1)
        action = chance.randrange(4)
        if action == 0:
            del out[at : at + chance.randint(1, 40)]
        elif action == 1:
            out[at:at] = bytes(
                chance.choice(b'"\x00\xff,\n<>&;{}[]\\u00e9 0e9') for _ in range(chance.randint(1, 6))
            )
        elif action == 2:
            piece = out[at : at + chance.randint(1, 60)]
            out[at:at] = piece * chance.randint(1, 4)
        elif out:
            out[min(at, len(out) - 1)] = chance.randrange(256)
    return bytes(out)


@pytest.mark.parametrize("kind", list(KINDS))
@settings(max_examples=often(quick=30, thorough=150), deadline=None)
@given(seed=st.integers(0, 10**9))
def test_reading_never_fails_otherwise_than_by_saying_where(kind, seed):
    content = _mutated(KINDS[kind], seed)
    assert _codes(content, kind) <= set(WORDS)
    assert _codes(content, None) <= set(WORDS)


def _codes(content, kind):
    """The codes of the report, or that the file was refused with; any other exception is a failed test."""
    try:
        return {
            note.code for note in feeds.read(content, kind or feeds.format_of(content), mapping=MAPPING).notes
        }
    except Broken as broken:
        return {broken.note.code} - (set(WORDS) - REFUSES)


@pytest.mark.parametrize("kind", [*KINDS, "hsds-tables"])
@settings(max_examples=often(quick=15, thorough=60), deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_at_all_are_read_or_refused(kind, content):
    assert _codes(content, kind) <= set(WORDS)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "name",
                    "status",
                    "location",
                    "locations",
                    "phones",
                    "number",
                    "schedules",
                    "byday",
                    "opens_at",
                    "languages",
                    "code",
                    "addresses",
                    "city",
                    "disclosure",
                    "services",
                    "organization",
                    "service_at_locations",
                    "attributes",
                    "taxonomy_term",
                    "latitude",
                    "longitude",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=often(quick=30, thorough=150), deadline=None)
@given(value=json_values)
def test_any_json_at_all_is_read_or_refused(value):
    record = {"id": "x", "name": "A", "status": "active"} | dict.fromkeys(
        ("more", "phones", "organization", "languages"), value
    )

    assert _codes(json.dumps(record).encode(), "hsds-json") <= set(WORDS)


@pytest.mark.parametrize("kind", list(KINDS))
@settings(
    max_examples=often(quick=3, thorough=12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**9))
def test_an_import_is_whole_or_not_at_all(db, kind, seed):
    before = Entry.objects.count()

    run = commands.import_file(
        content=_mutated(KINDS[kind], seed),
        source_name=f"{kind} {seed}",
        mapping="ontario-health-providers",
        kind=kind,
    )

    assert run.state in ("done", "refused")
    assert Entry.objects.count() - before == run.added
    if run.state == "refused":
        assert not Source.objects.filter(name=f"{kind} {seed}").exists()
        assert ReportLine.objects.filter(run_id=run.pk, code__in=REFUSES).exists()


@pytest.mark.parametrize(
    ("content", "kind", "code", "line"),
    [
        (b"", "csv", "empty", 0),
        (CSV.replace(b"3,Place 3", b"Place 3"), "csv", "columns", 5),
        (CSV.replace(b"Place 4", b'"Place 4'), "csv", "quotes", 6),
        (CSV.replace(b"ENGLISH_NAME,", b"NAME,"), "csv", "no_column", 1),
        (CSV[:80] + b"\n\x00", "csv", "not_text", 2),
        (b'{\n "id": 1,\n}', "hsds-json", "not_json", 3),
        (b"[" * 100_000, "hsds-json", "too_deep", 1),
        (b'{"hello": 1}', "hsds-json", "not_hsds", 1),
        (b"<Source>\n<Agency></Source>", "airs", "not_xml", 2),
        (b"<html/>", "airs", "not_airs", 1),
        (
            b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Source>&b;</Source>',
            "airs",
            "entities",
            1,
        ),
        (b"PK\x03\x04 no", "hsds-tables", "not_zip", 0),
    ],
)
def test_a_broken_file_says_where(content, kind, code, line):
    with pytest.raises(Broken) as broken:
        feeds.read(content, kind, mapping=MAPPING)

    assert (broken.value.note.code, broken.value.note.line) == (code, line)


def test_the_real_example_survives_any_single_cut():
    path = DATA / "hsds" / "examples" / "service_full.json"
    if not path.exists():
        pytest.skip("../shared/data/hsds isn't on this machine")
    content = path.read_bytes()
    for at in range(0, len(content), 997):
        with pytest.raises(Broken):
            feeds.read(content[:at], "hsds-json")
