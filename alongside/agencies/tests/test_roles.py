"""One table from roles to permissions."""

from typing import get_args

from alongside.agencies import roles
from alongside.agencies.roles import PERMISSIONS, Permission, Role, Sector


def test_every_role_has_its_row_and_every_permission_somebody():
    assert set(PERMISSIONS) == set(Role)
    assert frozenset().union(*PERMISSIONS.values()) == set(get_args(Permission))


def test_a_criminal_legal_agency_keeps_no_files_and_finds_nothing():
    for role in Role:
        held = {
            permission
            for permission in get_args(Permission)
            if roles.may(permission, role, Sector.CRIMINAL_LEGAL)
        }
        assert held.isdisjoint({"keep-files", "look-for-beds", "answer-for-beds", "keep-programmes"})
