"""Which census division a place lies in, and how we know.

By its name, by nearly its name, or by its neighbours on the map.
"""

from __future__ import annotations

from alongside.directory.formats.records import Feed, Found
from alongside.kernel import geography

Point = tuple[float, float]  # latitude, longitude
Wanted = tuple[Found, str, Point | None]  # an entry, the name of its place, where it is if that is known
_ONTARIO = ((41.6, 56.9), (-95.2, -74.3))
_FAR = 1.2  # degrees: a point this far from every other place of its division is on the wrong spot
_CELL = 0.15
_REACHES = (1, 2, 4)  # cells around a point, wider where the province is emptier
_ENOUGH = 12


class Neighbours:
    """Points already placed, in cells of the map.

    So the nearest are found without looking at all of them.
    """

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, str]]] = {}

    def add(self, latitude: float, longitude: float, division: str) -> None:
        """Remember that this point lies in this division."""
        self._cells.setdefault((int(latitude // _CELL), int(longitude // _CELL)), []).append(
            (latitude, longitude, division)
        )

    def around(self, latitude: float, longitude: float, reach: int = 1) -> list[tuple[float, float, str]]:
        """Return the placed points in the cells around this one."""
        row, column = int(latitude // _CELL), int(longitude // _CELL)
        steps = range(-reach, reach + 1)
        return [
            point for dy in steps for dx in steps for point in self._cells.get((row + dy, column + dx), ())
        ]

    def division_near(self, latitude: float, longitude: float) -> str | None:
        """Return the division of most of the nearest placed points."""
        for reach in _REACHES:
            points = self.around(latitude, longitude, reach)
            if len(points) >= _ENOUGH:
                break
        return geography.division_near(latitude, longitude, points)


def in_ontario(latitude: float, longitude: float) -> bool:
    """Say whether a point can be in Ontario at all."""
    (south, north), (west, east) = _ONTARIO
    return south <= latitude <= north and west <= longitude <= east


def place_all(feed: Feed, wanted: list[Wanted]) -> None:
    """Give every entry its division. `wanted` is a list of `(entry, place name, point or None)`."""
    neighbours, unsure = Neighbours(), []
    for entry, place, point in wanted:
        entry.division = geography.division_of(place) or ""
        if not entry.division:
            unsure.append((entry, place, point))
            continue
        entry.placed_by = "name"
        if point:
            neighbours.add(*point, entry.division)
    for entry, place, point in unsure:
        _place_unsure(feed, entry, place, neighbours.division_near(*point) if point else None)
    _doubt(feed, wanted, neighbours)


def _place_unsure(feed: Feed, entry: Found, place: str, near: str | None) -> None:
    alike = geography.division_spelled_like(place)
    about = entry.community if entry.disclosure == "public" else ""
    if alike and near in (alike, None):
        entry.division, entry.placed_by = alike, "spelling"
        feed.note(entry.line, "community", "placed_by_spelling", _taken(about, alike))
    elif near:
        entry.division, entry.placed_by = near, "point"
        feed.note(entry.line, "community", "placed_by_point", _taken(about, near))
    elif place:
        feed.note(entry.line, "community", "unplaced", about)


def _taken(place: str, division: str) -> str:
    return f"{place} → {geography.DIVISIONS[division].en}" if place else ""


def _doubt(feed: Feed, wanted: list[Wanted], neighbours: Neighbours) -> None:
    """Report the places whose name lies in one part of the province and whose point lies in another."""
    spread: dict[str, list[tuple[float, float, Found]]] = {}
    for entry, _place, point in wanted:
        if point and entry.placed_by == "name":
            spread.setdefault(entry.division, []).append((*point, entry))
    for division, points in spread.items():
        if len(points) < 4:
            continue
        middle_lat = sorted(p[0] for p in points)[len(points) // 2]
        middle_lon = sorted(p[1] for p in points)[len(points) // 2]
        for latitude, longitude, entry in points:
            if abs(latitude - middle_lat) < _FAR and abs(longitude - middle_lon) * 0.7 < _FAR:
                continue
            around = neighbours.around(latitude, longitude, reach=4)
            if len(around) >= _ENOUGH and sum(other[2] == division for other in around) < 2:
                feed.note(
                    entry.line,
                    "community",
                    "place_disagrees",
                    entry.community if entry.disclosure == "public" else "",
                )
