"""What has to be noted although nobody comes by."""

from procrastinate.contrib.django import app

from alongside.trail import commands


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="trail.end_sittings", queueing_lock="trail.end_sittings")  # type: ignore[untyped-decorator]
def end_sittings(timestamp: int) -> None:
    """Note the end of every sitting that is over."""
    commands.end_sittings()
