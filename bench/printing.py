"""Typesets the invented brief in both languages in this process's installation: `python -m bench.printing`.

Prints seconds of CPU and megabytes, as JSON.
"""

import json
import resource
import time

from config import serving

if __name__ == "__main__":
    serving.load_django()
    from alongside.briefs.demo import invented
    from alongside.briefs.edition.pdf import typeset

    document = invented.document()
    began = time.process_time()
    pages = sum(len(typeset(document, language).pdf) for language in ("en", "fr"))
    took = time.process_time() - began
    print(
        json.dumps(
            {
                "seconds": took,
                "bytes": pages,
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )
