"""Files of counts imported while nobody waits."""

from procrastinate.contrib.django import app

from alongside.occupancy import commands


@app.task(name="occupancy.import_counts")  # type: ignore[untyped-decorator]
def import_counts(run_id: str) -> None:
    """Import an uploaded file of counts."""
    commands.carry_out(run_id)
