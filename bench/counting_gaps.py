"""Counts and protects what this process's installation is filled with: `python -m bench.counting_gaps GAPS`.

Prints what it took, as JSON.
"""

import json
import sys

from config import serving

if __name__ == "__main__":
    serving.load_django()
    from bench import pooled

    print(json.dumps(pooled.measure(int(sys.argv[1]))))
