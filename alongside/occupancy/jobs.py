"""Files of counts imported while nobody waits."""

from procrastinate.contrib.django import app

from alongside.occupancy import commands


@app.task(name="occupancy.import_counts")  # type: ignore[untyped-decorator]
def import_counts(run_id: str) -> None:
    """Import an uploaded file of counts."""
    commands.carry_out(run_id)


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="occupancy.end_abandoned", queueing_lock="occupancy.end_abandoned")  # type: ignore[untyped-decorator]
def end_abandoned(timestamp: int) -> None:
    """End imports that nobody will carry out, so that their page says so."""
    commands.end_abandoned()
