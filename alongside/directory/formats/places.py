"""Which census division a place lies in, and how we know: by its name, by nearly its name, or by its neighbours on the map."""

from alongside.kernel import geography

_ONTARIO = ((41.6, 56.9), (-95.2, -74.3))
_FAR = 1.2  # degrees: a point this far from every other place of its division is on the wrong spot
_CELL = 0.15
_REACHES = (1, 2, 4)  # cells around a point, wider where the province is emptier
_ENOUGH = 12


class Neighbours:
    """Points already placed, in cells of the map, so that the nearest are found without looking at all of them."""

    def __init__(self):
        self._cells = {}

    def add(self, latitude, longitude, division):
        """Remember that this point lies in this division."""
        self._cells.setdefault((int(latitude // _CELL), int(longitude // _CELL)), []).append((latitude, longitude, division))

    def around(self, latitude, longitude, reach=1):
        """Return the placed points in the cells around this one."""
        row, column = int(latitude // _CELL), int(longitude // _CELL)
        steps = range(-reach, reach + 1)
        return [point for dy in steps for dx in steps for point in self._cells.get((row + dy, column + dx), ())]

    def division_near(self, latitude, longitude):
        """Return the division of most of the nearest placed points."""
        for reach in _REACHES:
            points = self.around(latitude, longitude, reach)
            if len(points) >= _ENOUGH:
                break
        return geography.division_near(latitude, longitude, points)


def in_ontario(latitude, longitude):
    """Say whether a point can be in Ontario at all."""
    (south, north), (west, east) = _ONTARIO
    return south <= latitude <= north and west <= longitude <= east


def place_all(feed, wanted):
    """Give every entry its division. `wanted` is a list of `(entry, place name, latitude or None, longitude or None)`."""
    neighbours, unsure = Neighbours(), []
    for entry, place, latitude, longitude in wanted:
        entry.division = geography.division_of(place) or ""
        if not entry.division:
            unsure.append((entry, place, latitude, longitude))
            continue
        entry.placed_by = "name"
        if latitude is not None:
            neighbours.add(latitude, longitude, entry.division)
    for entry, place, latitude, longitude in unsure:
        _place_unsure(feed, entry, place, neighbours.division_near(latitude, longitude) if latitude is not None else None)
    _doubt(feed, wanted, neighbours)


def _place_unsure(feed, entry, place, near):
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


def _taken(place, division):
    return f"{place} → {geography.DIVISIONS[division].en}" if place else ""


def _doubt(feed, wanted, neighbours):
    """Report the places whose name lies in one part of the province and whose point lies in another."""
    spread = {}
    for entry, _place, latitude, longitude in wanted:
        if latitude is not None and entry.placed_by == "name":
            spread.setdefault(entry.division, []).append((latitude, longitude, entry))
    for division, points in spread.items():
        if len(points) < 4:
            continue
        middle_lat = sorted(p[0] for p in points)[len(points) // 2]
        middle_lon = sorted(p[1] for p in points)[len(points) // 2]
        for latitude, longitude, entry in points:
            if abs(latitude - middle_lat) < _FAR and abs(longitude - middle_lon) * 0.7 < _FAR:
                continue
            around = neighbours.around(latitude, longitude, reach=4)
            if len(around) >= _ENOUGH and sum(point[2] == division for point in around) < 2:
                feed.note(entry.line, "community", "place_disagrees", entry.community if entry.disclosure == "public" else "")
