"""Start ``rasa run`` with the token taken from the environment.

On a command line every user of the machine could read it.
"""

import os
import sys

from rasa.__main__ import main

if __name__ == "__main__":
    # With "=", since a token may begin with "-" and would be taken for an option.
    token = f"--auth-token={os.environ['ZHIDA_RASA_TOKEN']}"
    sys.argv = ["rasa", "run", *sys.argv[1:], token]
    main()
