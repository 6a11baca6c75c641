"""What has to happen to cards although nobody comes by."""

from procrastinate.contrib.django import app

from alongside.accompaniment import commands
from alongside.accompaniment.commands import check_ins, suggestions


@app.periodic(cron="7 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="accompaniment.sweep_cards", queueing_lock="accompaniment.sweep_cards")  # type: ignore[untyped-decorator]
def sweep_cards(timestamp: int) -> None:
    """Throw away the cards whose day is over."""
    commands.sweep_cards()


@app.periodic(cron="9 * * * *")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="accompaniment.wipe_check_ins", queueing_lock="accompaniment.wipe_check_ins"
)
def wipe_check_ins(timestamp: int) -> None:
    """Wipe where somebody was a week ago."""
    check_ins.wipe_check_ins()


@app.task(name="accompaniment.suggest")  # type: ignore[untyped-decorator]
def suggest(run_id: str, worker_id: str) -> None:
    """Look up who could come."""
    suggestions.carry_out(run_id, worker_id)


@app.periodic(cron="11 * * * *")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="accompaniment.sweep_suggestions", queueing_lock="accompaniment.sweep_suggestions"
)
def sweep_suggestions(timestamp: int) -> None:
    """Throw away what was looked up the day before."""
    suggestions.sweep_suggestions()
