"""What the demonstration goes on telling once its first page is there."""

from procrastinate.contrib.django import app

from alongside.desk import commands


@app.task(name="desk.tell_voices")  # type: ignore[untyped-decorator]
def tell_evidence() -> None:
    """Make the invented study and its brief."""
    commands.tell_evidence()
