"""The process that runs deferred jobs as `app`: two at once, so that a long one holds up no sweep.

Finished jobs leave no trace of what they were about.
"""

from config.serving import load_django

LOOK_AGAIN = 1.0  # seconds; nobody is told that a lock is free, and imports wait for one another's


def main() -> None:
    """Run jobs until asked to stop; the job under way is finished first."""
    load_django()
    from procrastinate.contrib.django import app  # noqa: PLC0415 - needs Django loaded

    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(
            concurrency=2,
            delete_jobs="successful",
            shutdown_graceful_timeout=10,
            fetch_job_polling_interval=LOOK_AGAIN,
        )


if __name__ == "__main__":
    main()
