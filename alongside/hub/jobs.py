"""What has to happen at a hub although nobody comes by."""

from procrastinate.contrib.django import app

from alongside.hub import commands


@app.periodic(cron="*/10 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="hub.close_days")  # type: ignore[untyped-decorator]
def close_days(timestamp: int) -> None:
    """Take out who waited and who sat there on an earlier day."""
    commands.close_at_night()
