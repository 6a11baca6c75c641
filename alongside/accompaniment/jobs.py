"""What has to happen to cards although nobody comes by."""

from procrastinate.contrib.django import app

from alongside.accompaniment import commands


@app.periodic(cron="7 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="accompaniment.sweep_cards", queueing_lock="accompaniment.sweep_cards")  # type: ignore[untyped-decorator]
def sweep_cards(timestamp: int) -> None:
    """Throw away the cards whose day is over."""
    commands.sweep_cards()
