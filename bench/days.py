"""Makes a worker for whom forty things wait: `python -m bench.days` in an installation's own environment.

Prints their cookie.
"""

from config import serving

if __name__ == "__main__":
    serving.load_django()
    from bench import scene, waiting

    print(scene.signed_in(waiting.make().maya.account_id))
