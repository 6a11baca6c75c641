"""Where things lie in a picture."""

from django.template.loader import render_to_string

from alongside.kernel.charts import Scale, bar_width


def test_a_number_lies_as_far_along_as_its_share():
    upward = Scale(0, 20, 92.0, 14.0)

    assert (upward(0), upward(20), upward(5)) == (92.0, 14.0, 72.5)
    assert Scale(10, 30, 0, 600)(15) == 150


def test_a_stretch_without_length_is_drawn_at_its_start():
    assert Scale(4, 4, 6.0, 236.0)(4) == 6.0
    assert bar_width(0, 0) == 0


def test_a_bar_begins_at_the_axis_unless_it_is_told_otherwise():
    assert '<rect width="40"' in render_to_string("kernel/_bar.html", {"width": bar_width(2, 5)})
    assert '<rect x="30" width="40"' in render_to_string("kernel/_bar.html", {"start": 30, "width": 40})
