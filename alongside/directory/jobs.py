"""Lists imported while nobody waits."""

from procrastinate.contrib.django import app

from alongside.directory import commands


@app.task(name="directory.import_list")  # type: ignore[untyped-decorator]
def import_list(run_id: str) -> None:
    """Import an uploaded list."""
    commands.carry_out(run_id)
