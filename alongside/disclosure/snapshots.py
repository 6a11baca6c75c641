"""Numbers taken once: put away sealed, and opened again for every later look."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.disclosure.suppression.cube import Count, Cube, Partition, Shape
from alongside.kernel import installation_key

if TYPE_CHECKING:
    from alongside.disclosure.models import Snapshot

PURPOSE = "numbers"


def sealed(cube: Cube, about: UUID) -> bytes:
    """Return a cube in an envelope that only opens beside its own snapshot."""
    shape = cube.shape
    told = {
        "name": shape.name,
        "units": shape.units,
        "categories": shape.categories,
        "links": shape.links,
        "partitions": [[each.part, each.whole, each.within] for each in shape.partitions],
        "counts": [[*node, count.value, count.agencies] for node, count in sorted(cube.counts.items())],
    }
    return installation_key.seal(json.dumps(told).encode(), purpose=PURPOSE, about=str(about))


def opened(snapshot: Snapshot) -> Cube:
    """Return the cube of a snapshot.

    :raises InvalidTag: if the envelope was altered, or moved here from elsewhere
    """
    told = json.loads(installation_key.unseal(bytes(snapshot.body), purpose=PURPOSE, about=str(snapshot.pk)))
    units = {unit: tuple(dimensions) for unit, dimensions in told["units"].items()}
    categories = {dimension: tuple(codes) for dimension, codes in told["categories"].items()}
    links = tuple((part, whole) for part, whole in told["links"])
    partitions = tuple(
        Partition(part, whole, tuple((tuple(above), tuple(under)) for above, under in within))
        for part, whole, within in told.get("partitions", [])
    )
    shape = Shape(told["name"], units, categories, links, partitions)
    return Cube(shape, {tuple(node): Count(value, agencies) for *node, value, agencies in told["counts"]})


def checksum(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()
