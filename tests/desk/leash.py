# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that end with the test that started them, however it ends."""
import ctypes
import os
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


def hold(parent):
    """This process ends with the one that has the id parent, also when that is killed."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def start(argv, **how):
    """subprocess.Popen() of a program that ends with this one. From the main thread: it is its end that counts."""
    parent = os.getpid()
    return subprocess.Popen(argv, preexec_fn=lambda: hold(parent), **how)


def obey():
    """Who ends this program with SIGTERM lets it clear up."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
