"""Start ``rasa run`` with the token taken from the environment.

On a command line every user of the machine could read it. A model is code to Rasa: one that is
not what was trained is not loaded.
"""

import os
import sys
from pathlib import Path

from nlu.model_sum import is_sound, published

if __name__ == "__main__":
    os.umask(0o077)
    place = sys.argv.index("--model") + 1
    model = published(Path(sys.argv[place]))
    sys.argv[place] = str(model)
    if not is_sound(model):
        sys.exit(f"对话模型损坏或来历不明（{model}），请运行 zhida train。")
    from rasa.__main__ import main

    # With "=", since a token may begin with "-" and would be taken for an option.
    token = f"--auth-token={os.environ['ZHIDA_RASA_TOKEN']}"
    sys.argv = ["rasa", "run", *sys.argv[1:], token]
    main()
