"""Places by the names they call themselves: with what kind of place they are, and with the province."""

import pytest

from alongside.kernel import geography
from tests.cases import case

MEANT = {
    "York Region": ["3519"],
    "Region of Peel": ["3521"],
    "Niagara Region": ["3526"],
    "City of Toronto": ["3520"],
    "Ottawa, Ontario": ["3506"],
    "Kitchener-Waterloo": ["3530"],
    "Attawapiskat First Nation": ["3560"],
    "GTA": ["3520", "3518", "3519", "3521", "3524"],
    "York": ["3519", "3520"],
    "Regional Municipality of Durham": ["3518"],
    "Sault Ste. Marie, ON": ["3557"],
    "Région de Waterloo": ["3530"],
    "Ville d’Ottawa": ["3506"],
    "Thunder Bay District": ["3558"],
    "Toronto/Ottawa": [],
    "Region": [],
    "Wonderland": [],
}


@pytest.mark.parametrize("place", MEANT)
def test_a_place_means_its_division(place):
    assert geography.divisions_meant(place) == MEANT[place]


def test_every_place_of_the_case_is_among_them():
    assert set(case("29-york-region/places.txt").read_text().splitlines()) <= set(MEANT)


@pytest.mark.parametrize("division", geography.DIVISIONS)
def test_a_division_by_any_of_its_titles_is_that_division(division):
    name = geography.DIVISIONS[division].en

    for said in (f"{name} Region", f"Region of {name}", f"County of {name}", f"{name} District, Ontario"):
        assert geography.divisions_meant(said) == [division], said
