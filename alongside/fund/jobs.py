"""What has to happen with the fund although nobody comes by."""

from procrastinate.contrib.django import app

from alongside.fund import commands
from alongside.kernel import clock


@app.periodic(cron="11 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="fund.commit_due", queueing_lock="fund.commit_due")  # type: ignore[untyped-decorator]
def commit_due(timestamp: int) -> None:
    """Set aside the months of what was approved that are due."""
    commands.commit_due(clock.now())
