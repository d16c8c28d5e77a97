"""`python -c SOURCE COMMAND…`: runs a command that ends with whoever holds standard input open, killed or not.

A worker that is lost must not leave a tagging process behind: its shard runs again elsewhere, and nobody would read what that one writes.
"""

import os
import socket
import subprocess
import sys
import threading


def main() -> int:
    try:
        child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    except OSError as error:
        print(f"{sys.argv[1]} cannot be run on {socket.gethostname()}: {error.strerror}. Name it with --glitag.", file=sys.stderr)
        return 127

    def end_with_parent() -> None:
        while os.read(0, 4096):
            pass
        child.kill()

    threading.Thread(target=end_with_parent, daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    # without the interpreter's end, in which the thread may hold standard input
    os._exit(main() & 0xFF)
