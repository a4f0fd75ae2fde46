"""Lists nodes beside the floor and the peers, and prints ratios.

run.py SOURCE BUILD, by make bench; README.md beside this says more.
"""
# SPDX-License-Identifier: Apache-2.0
import json
import os
import shutil
import subprocess
import sys
import tempfile

from measure import Server, in_turn, least, median, Run
from peers import Peers

SOURCE, BUILD = sys.argv[1:3]
SHARED = os.environ.get("PILEUS_SHARED", os.path.join(SOURCE, "..", "shared"))
PROGRAMS = os.path.join(SHARED, "bench", "peers")
NODES = [int(n) for n in os.environ.get("BENCH_NODES",
                                        "1 1000 10000 100000").split()]
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
# Peers are slow: they list no more than this.
PEER_NODES = int(os.environ.get("BENCH_PEER_NODES", "10000"))
LIST = os.path.join(BUILD, "bench", "list")
COMMAND = os.path.join(BUILD, "cli", ".libs", "pileus")
ENV = dict(os.environ, LD_LIBRARY_PATH=os.path.join(BUILD, ".libs"),
           PILEUS_DRIVER_PATH=os.path.join(BUILD, "drivers"))
for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
    ENV.pop(variable, None)

# A driver joins by a line: its shape, and how it is opened at a URL.
SHAPES = {
    "do": lambda url: ["digitalocean", "token=bench", "endpoint=" + url],
    "hetzner": lambda url: ["hetzner", "token=bench",
                            "endpoint=" + url + "/v1"],
    "cloudstack": lambda url: ["cloudstack", "key=bench", "secret=bench",
                               "endpoint=" + url + "/client/api"],
    "nova": lambda url: ["openstack", "username=bench", "password=bench",
                         "project=bench", "endpoint=" + url],
    "ec2": lambda url: ["ec2", "key=bench", "secret=bench", "region=bench",
                        "endpoint=" + url],
}
# Those to measure; what needs another is then left out.
wanted = os.environ.get("BENCH_SHAPES", " ".join(SHAPES)).split()
for shape in wanted:
    if shape not in SHAPES:
        sys.exit("BENCH_SHAPES knows %s, not %s" % (" ".join(SHAPES), shape))
rows = []
beside = []


def row(figure, limit, aim, measured, unit=""):
    """A figure that is to be at most limit, and should be at most aim."""
    verdict = ("within the aim" if measured <= aim else
               "within the limit" if measured <= limit else
               "MISSED by %.0f %%" % ((measured / limit - 1) * 100))
    rows.append((figure, "%g%s" % (limit, unit), "%g%s" % (aim, unit),
                 "%.2f%s" % (measured, unit), verdict))
    print("  %-58s %s: %s" % (figure, rows[-1][3], verdict), flush=True)


def build_floor(folder):
    floor = os.path.join(folder, "floor")
    subprocess.run(os.environ.get("CC", "cc").split() +
                   ["-O2", os.path.join(PROGRAMS, "floor.c"), "-o", floor,
                    "-lcurl", "-lyajl", "-lexpat"], check=True)
    return floor


def peak(runs):
    """The least that it took, in KiB; None if it does not say."""
    said = [run.said("peak_kib") for run in runs]
    return None if None in said else min(said)


def check_counts(shape, nodes, results):
    """Who lists other than all the nodes is not measured."""
    for name, runs in results.items():
        counts = {run.count() for run in runs}
        if counts != {nodes}:
            raise RuntimeError("%s of %s listed %s" % (name, shape, counts))


def list_in_turn(floor, url, shape, nodes, peers):
    """Runs of all ways to list, pileus' own and the peers'."""
    commands = {"floor": [floor, shape, url, str(nodes)]}
    for way in ("each", "kept", "extra"):
        commands[way] = [LIST, way] + SHAPES[shape](url)
    if nodes <= PEER_NODES:
        for name, command in peers.commands(shape, url, nodes).items():
            try:
                check_counts(shape, nodes, {name: [Run(command, ENV)]})
                commands[name] = command
            except RuntimeError as why:
                print("%s is left out of %s: %s" % (name, shape, why))
    results = in_turn(commands, RUNS, ENV)
    check_counts(shape, nodes, results)
    return results


def compare_with_floor(shape, nodes, results):
    base = median(results["floor"], "cpu")
    print("%s, %d nodes: floor %.3f s, %d KiB" %
          (shape, nodes, base, peak(results["floor"])))
    if nodes >= 1000:
        row("%s %d: streamed, processor time" % (shape, nodes), 1.4, 1.15,
            median(results["each"], "cpu") / base)
        row("%s %d: list built, processor time" % (shape, nodes), 1.6, 1.3,
            median(results["kept"], "cpu") / base)
        row("%s %d: streamed, memory above the floor" % (shape, nodes), 4, 4,
            (peak(results["each"]) - peak(results["floor"])) / 1024, " MiB")
    if nodes >= 10000:
        sent = results["floor"][0].said("bytes") / nodes
        kept = (peak(results["kept"]) - peak(results["each"])) * 1024 / nodes
        row("%s %d: memory of a kept node with its whole extra" %
            (shape, nodes), sent / 1024, sent / 1024, kept / 1024, " KiB")


def compare_with_peers(shape, nodes, results):
    """Peers build a list of objects: so does what they are set beside."""
    ours = results["kept"]
    for name, runs in results.items():
        if name in ("floor", "each", "kept", "extra"):
            continue
        memory = peak(runs)
        beside.append((
            "%s %d: %s" % (shape, nodes, name),
            "%.1f" % (median(runs, "cpu") / median(ours, "cpu")),
            "%.1f" % (least(runs, "wall") / least(ours, "wall")),
            "-" if memory is None else "%.1f" % (memory / peak(ours))))
        print("  %-58s %s times the processor time of pileus, %s times the "
              "wall time, %s times the memory" % beside[-1], flush=True)


def listings(floor, peers, nodes):
    """Processor time and memory of all ways to list so many nodes."""
    with Server(SHARED, nodes) as server:
        for shape in wanted:
            results = list_in_turn(floor, server.url, shape, nodes, peers)
            compare_with_floor(shape, nodes, results)
            compare_with_peers(shape, nodes, results)


def twice(floor):
    """Twice as many pages, twice the cost."""
    cost = {}
    for nodes in (10000, 20000):
        with Server(SHARED, nodes) as server:
            for shape in wanted:
                results = in_turn(
                    {"each": [LIST, "each"] + SHAPES[shape](server.url)}, RUNS,
                    ENV)
                cost[shape, nodes] = median(results["each"], "cpu")
    for shape in wanted:
        row("%s: twice the pages, times the cost" % shape, 2.1, 2,
            cost[shape, 20000] / cost[shape, 10000])


def distant_numbers(floor):
    """Numbered pages of a provider that takes 50 ms for each answer."""
    nodes = 4000
    with Server(SHARED, nodes, 50) as server:
        alone = Run([floor, "hetzner", server.url, str(nodes)], ENV).wall
        results = in_turn(
            {"floor": [floor, "hetzner", server.url, str(nodes), "8"],
             "each": [LIST, "each"] + SHAPES["hetzner"](server.url)}, 3, ENV)
        row("numbered pages at 50 ms, against 8 in flight, wall time", 1.3,
            1.3, least(results["each"], "wall") /
            least(results["floor"], "wall"))
        row("numbered pages at 50 ms, against one connection, wall time", 0.2,
            0.2, least(results["each"], "wall") / alone)


def distant_markers(floor):
    """The same of pages that are found one from the other."""
    nodes = 10000
    with Server(SHARED, nodes, 50) as server:
        results = in_turn(
            {"floor": [floor, "nova", server.url, str(nodes)],
             "each": [LIST, "each"] + SHAPES["nova"](server.url)}, 3, ENV)
        row("marker pages at 50 ms, wall time", 1.25, 1.25,
            least(results["each"], "wall") / least(results["floor"], "wall"))


def cold(floor):
    """The command lists a node, from nothing."""
    with Server(SHARED, 1) as server:
        settings = SHAPES["do"](server.url)[1:]
        options = [word for pair in settings for word in ("-O", pair)]
        results = in_turn(
            {"floor": [floor, "do", server.url, "1"],
             "command": [COMMAND, "node", "list", "-d", "digitalocean"] +
             options}, 40, ENV)
        row("the command lists one node, wall time", 1.5, 1.2,
            least(results["command"], "wall") /
            least(results["floor"], "wall"))


def fifty_drivers(folder):
    """The command lists drivers, which opens none."""
    drivers = os.path.join(folder, "fifty")
    os.mkdir(drivers, 0o755)
    with open(os.path.join(BUILD, "drivers", "hetzner.json"),
              encoding="utf-8") as file:
        manifest = json.load(file)
    for i in range(50):
        manifest.update(name="driver%d" % i, module="driver%d.so" % i)
        with open(os.path.join(drivers, manifest["name"] + ".json"), "w",
                  encoding="utf-8") as file:
            json.dump(manifest, file)
        shutil.copy(os.path.join(BUILD, "drivers", "hetzner.so"),
                    os.path.join(drivers, manifest["module"]))
    env = dict(ENV, PILEUS_DRIVER_PATH=drivers, XDG_DATA_HOME=folder)
    listing = {"nothing": ["/bin/true"], "list": [COMMAND, "driver", "list"]}
    results = in_turn(listing, 40, env)
    row("driver list with fifty manifests, wall time", 3, 3,
        least(results["list"], "wall") * 1000, " ms")
    print("  (of which starting any process: %.2f ms)" %
          (least(results["nothing"], "wall") * 1000))
    loaded = subprocess.run(listing["list"], env=dict(env, LD_DEBUG="files"),
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                            text=True).stderr
    row("driver list loads libcurl, times", 0, 0,
        float("libcurl" in loaded))


def table(lines):
    """Print lines of as many columns as the first, which is their head."""
    widths = [max(len(line[i]) for line in lines)
              for i in range(len(lines[0]))]
    print()
    for line in lines:
        print("  ".join(
            [line[0].ljust(widths[0])] +
            [word.rjust(width)
             for word, width in zip(line[1:], widths[1:])]).rstrip())


def summary():
    table([("figure", "limit", "aim", "measured", "")] + rows)
    if beside:
        table([("peer, in times of pileus", "processor", "wall", "memory")] +
              beside)


def main():
    if not os.path.exists(os.path.join(SHARED, "bench", "serve")):
        sys.exit("make bench needs the servers of %s: they are not there" %
                 os.path.join(SHARED, "bench"))
    if not shutil.which("nginx"):
        sys.exit("make bench needs nginx and its echo module: install "
                 "nginx-light and libnginx-mod-http-echo")
    folder = tempfile.mkdtemp(prefix="pileus-bench-")
    try:
        floor = build_floor(folder)
        peers = Peers(PROGRAMS, folder, wanted)
        for nodes in NODES:
            listings(floor, peers, nodes)
        twice(floor)
        for shape, measure in (("hetzner", distant_numbers),
                               ("nova", distant_markers), ("do", cold)):
            if shape in wanted:
                measure(floor)
        fifty_drivers(folder)
        summary()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
