"""What has to happen to agreements although nobody comes by."""

from procrastinate.contrib.django import app

from alongside.consent import commands


@app.periodic(cron="*/10 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="consent.end_lapsed")  # type: ignore[untyped-decorator]
def end_lapsed(timestamp: int) -> None:
    """Tell agencies that the day of an agreement has passed, and take back the keys."""
    commands.end_lapsed()
