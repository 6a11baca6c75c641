"""What was taken over stands on the day once."""

from uuid import uuid4

from alongside.desk.queries.worklist import _once
from alongside.kernel.worklists import Action, Item, Part


def item(file_id, subject, **more):
    return Item(words="", action=Action("", ""), file_id=file_id, subject=subject, **more)


def test_that_a_file_was_taken_over_is_not_said_where_something_of_it_is_due():
    due, later, quiet = uuid4(), uuid4(), uuid4()
    step, week = item(due, "plans"), item(later, "plans", part=Part.LATER)
    taken = {each: item(each, "handovers") for each in (due, later, quiet)}

    assert _once([step, week, *taken.values()]) == [step, week, taken[later], taken[quiet]]


def test_it_is_said_where_a_note_came_along():
    file_id = uuid4()
    found = [item(file_id, "plans"), item(file_id, "handovers", note="There is a note in the file.")]

    assert _once(found) == found
