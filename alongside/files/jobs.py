"""What has to happen to files although nobody comes by."""

from procrastinate.contrib.django import app

from alongside.files import commands


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="files.finish_destructions", queueing_lock="files.finish_destructions")  # type: ignore[untyped-decorator]
def finish_destructions(timestamp: int) -> None:
    """Destroy the keys of what two said a day ago."""
    commands.finish_destructions()
