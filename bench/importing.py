"""Imports a list of places into this process's installation and prints after how many seconds it was there.

`python -m bench.importing FILE NAME`.
"""

import sys
import time

from config import serving

if __name__ == "__main__":
    serving.load_django()
    from alongside.directory import commands
    from alongside.directory.formats import feeds

    began = time.perf_counter()
    run = commands.import_file(
        content=feeds.content_of(sys.argv[1]), source_name=sys.argv[2], mapping="ontario-health-providers"
    )
    took = time.perf_counter() - began
    if run.rows != 11_974:
        raise SystemExit(f"{run.rows} records were read instead of 11974: {run.state}")
    print(took)
