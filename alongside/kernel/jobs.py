"""What has to be finished although nobody comes by."""

from procrastinate.contrib.django import app

from alongside.kernel import commands


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="kernel.finish_effects", queueing_lock="kernel.finish_effects")  # type: ignore[untyped-decorator]
def finish_effects(timestamp: int) -> None:
    """Do what was ordered outside PostgreSQL and could not be done at once."""
    commands.finish_effects()
