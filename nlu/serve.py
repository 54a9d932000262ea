"""Start ``rasa run`` with the token taken from the environment.

On a command line every user of the machine could read it.
"""

import os
import sys

from rasa.__main__ import main

if __name__ == "__main__":
    sys.argv = ["rasa", "run", *sys.argv[1:], "--auth-token", os.environ["ZHIDA_RASA_TOKEN"]]
    main()
