"""Lists imported while nobody waits."""

from procrastinate.contrib.django import app

from alongside.directory import commands


@app.task(name="directory.import_list")  # type: ignore[untyped-decorator]
def import_list(run_id: str) -> None:
    """Import an uploaded list."""
    commands.carry_out(run_id)


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="directory.end_abandoned", queueing_lock="directory.end_abandoned")  # type: ignore[untyped-decorator]
def end_abandoned(timestamp: int) -> None:
    """End imports that nobody will carry out, so that their page says so."""
    commands.end_abandoned()
