"""What has to be finished although nobody comes by."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from alongside.kernel import commands
from alongside.kernel.imports import runs, uploads

MOST_TRIES = 3  # of a job whose process is killed each time


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(name="kernel.finish_effects", queueing_lock="kernel.finish_effects")  # type: ignore[untyped-decorator]
def finish_effects(timestamp: int) -> None:
    """Do what was ordered outside PostgreSQL and could not be done at once."""
    commands.finish_effects()


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]
@app.task(  # type: ignore[untyped-decorator]
    name="kernel.retry_stalled", queueing_lock="kernel.retry_stalled", pass_context=True
)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Begin the jobs again whose process was killed; what comes by itself every minute or hour just ends."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.queueing_lock or job.attempts + 1 >= MOST_TRIES:
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)
        else:
            await manager.retry_job(job)


@app.periodic(cron="23 * * * *")  # type: ignore[untyped-decorator]
@app.task(name="kernel.sweep_uploads", queueing_lock="kernel.sweep_uploads")  # type: ignore[untyped-decorator]
def sweep_uploads(timestamp: int) -> None:
    """Throw away uploaded files that no import names."""
    uploads.sweep(runs.uploads_kept())
