"""What has to happen in a house although nobody comes by."""

from procrastinate.contrib.django import app

from alongside.beds import commands


@app.periodic(cron="17 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="beds.sweep_names")  # type: ignore[untyped-decorator]
def sweep_names(timestamp: int) -> None:
    """Take the names to keep apart out of requests that nobody has moved for two days."""
    commands.sweep_names()
