"""`python attached.py MODULE ARGUMENTS…`: runs a module as `python -m` does, but ends with the program that started it.

That program holds standard input open; when it is gone, killed or not, reading comes to an end. Run by its path, so that it serves
`venv` and `pip` where nothing is installed yet.
"""

import os
import runpy
import sys
import threading


def end_with_parent() -> None:
    # not by sys.stdin: its lock would be held when the interpreter shuts down, which is fatal
    while os.read(0, 4096):
        pass
    os._exit(1)


def main() -> None:
    threading.Thread(target=end_with_parent, daemon=True).start()
    # this file's folder holds modules with common names
    sys.path[0] = ""
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
