"""The peers that nodes are listed beside, and how each is had and run."""
# SPDX-License-Identifier: Apache-2.0
import os
import shutil
import subprocess

PYTHON = "/usr/bin/python3"  # the distribution's, which has its packages


class Absent(Exception):
    """A peer cannot be run here; what it says is what to install."""


def need_program(name, package):
    if not shutil.which(name):
        raise Absent("install " + package)


def need_module(name, package):
    if subprocess.run([PYTHON, "-c", "import " + name],
                      stdout=subprocess.DEVNULL,
                      stderr=subprocess.DEVNULL).returncode != 0:
        raise Absent("install " + package)


def built(command, folder, env=None):
    """Run what builds a peer in a folder."""
    done = subprocess.run(command, cwd=folder, env=env, text=True,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:] or ["no word of why"]
        raise Absent("%s failed: %s" % (command[0], last[0]))


def libcloud(peers, folder):
    need_module("libcloud", "python3-libcloud")
    return lambda shape, url, nodes: [
        PYTHON, os.path.join(peers, "libcloud_list.py"), shape, url]


def hcloud(peers, folder):
    need_program("hcloud", "hcloud-cli")
    return lambda shape, url, nodes: [
        os.path.join(peers, "cli_list.sh"), "hcloud", url, str(nodes)]


def gophercloud(way):
    """It has two: pages one by one, or made one page of first."""
    return lambda peers, folder: gophercloud_in(way, peers, folder)


def gophercloud_in(way, peers, folder):
    need_program("go", "golang-go")
    if not os.path.isdir("/usr/share/gocode/src/github.com/gophercloud"):
        raise Absent("install golang-github-gophercloud-gophercloud-dev")
    program = os.path.join(folder, "gopher_list")
    if not os.path.exists(program):
        built(["go", "build", "-o", program,
               os.path.join(peers, "gopher_list.go")], folder,
              dict(os.environ, GO111MODULE="off", GOPATH="/usr/share/gocode"))
    return lambda shape, url, nodes: [program, url, way]


def boto3(peers, folder):
    need_module("boto3", "python3-boto3")
    return lambda shape, url, nodes: [
        PYTHON, os.path.join(peers, "boto_list.py"), url]


def aws_sdk(peers, folder):
    need_program("node", "nodejs")
    need_program("npm", "npm")
    place = os.path.join(folder, "aws")
    os.mkdir(place)
    built(["npm", "install", "--prefix", place, "--no-audit", "--no-fund",
           "@aws-sdk/client-ec2"], place)
    # Modules are looked for beside the program that imports them.
    program = shutil.copy(os.path.join(peers, "aws_list.mjs"), place)
    return lambda shape, url, nodes: ["node", program, url]


# A peer joins by a line: its name, its shapes, and what makes it ready.
PEERS = (
    ("libcloud", ("do", "nova", "ec2", "cloudstack"), libcloud),
    ("hcloud", ("hetzner",), hcloud),
    ("gophercloud, EachPage", ("nova",), gophercloud("each")),
    ("gophercloud, AllPages", ("nova",), gophercloud("all")),
    ("boto3", ("ec2",), boto3),
    ("AWS SDK for JavaScript", ("ec2",), aws_sdk),
)


class Peers:
    """The peers that are here, of those that list one of these shapes."""

    def __init__(self, peers, folder, shapes):
        self.ready = {}
        for name, lists, make in PEERS:
            if not set(lists) & set(shapes):
                continue
            try:
                self.ready[name] = (lists, make(peers, folder))
            except Absent as why:
                print("%s is left out: %s" % (name, why), flush=True)

    def commands(self, shape, url, nodes):
        return {name: make(shape, url, nodes)
                for name, (lists, make) in self.ready.items()
                if shape in lists}
