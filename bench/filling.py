"""Fills this process's installation: `python -m bench.filling FILES [OFFERINGS]`.

Prints what a measurement needs to know, as JSON.
"""

import json
import sys

from config import serving

if __name__ == "__main__":
    serving.load_django()
    from bench import scene

    print(json.dumps(scene.make(*map(int, sys.argv[1:]))))
