"""What the tests of the whole have to know of the published counts."""

DOORS_IN = ("alongside/beds/tests/test_doors.py::test_who_is_let_in_where",)
# files; and looked at step by step in the folder's own tests
NOT_PAGES = {"occupancy:csv", "occupancy:import"}
