"""Measuring programs in turn, and the servers that they list."""
# SPDX-License-Identifier: Apache-2.0
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import tempfile
import time


class Run:
    """One run: processor and wall seconds, and what it said of itself."""

    def __init__(self, command, env):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        done = subprocess.run(command, env=env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        self.wall = time.perf_counter() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = (after.ru_utime + after.ru_stime -
                    before.ru_utime - before.ru_stime)
        self.text = done.stdout.decode("utf-8", "replace")
        if done.returncode != 0:
            raise RuntimeError("%s: %s" % (
                " ".join(command), done.stderr.decode("utf-8", "replace")))

    def said(self, name):
        found = re.search(r"\b%s=([0-9.]+)" % name, self.text)
        return float(found.group(1)) if found else None

    def count(self):
        """What it says that it listed; a line each if it says nothing."""
        said = self.said("count")
        return len(self.text.splitlines()) if said is None else said


def in_turn(commands, runs, env=None):
    """Run each command once, then each again, and so on; lists of runs."""
    results = {name: [] for name in commands}
    for command in commands.values():  # not counted: files come into memory
        Run(command, env)
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(Run(command, env))
    return results


def median(runs, what):
    return statistics.median(getattr(run, what) for run in runs)


def least(runs, what):
    return min(getattr(run, what) for run in runs)


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Server:
    """The canned providers, with so many nodes."""

    def __init__(self, shared, nodes, latency_ms=0):
        self.folder = tempfile.mkdtemp(prefix="pileus-bench-")
        self.port = free_port()
        self.url = "http://127.0.0.1:%d" % self.port
        self.process = subprocess.Popen(
            [os.path.join(shared, "bench", "serve"), "--nodes", str(nodes),
             "--port", str(self.port), "--latency-ms", str(latency_ms),
             "--dir", os.path.join(self.folder, "pages")],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line.startswith("ready"):
                return
        self.stop()
        raise RuntimeError("the server did not start: " + "".join(lines))

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
