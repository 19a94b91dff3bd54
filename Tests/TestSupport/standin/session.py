"""What the tests of the command share. Needs SLUICE, the path of the built command."""

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

from store import signature

HERE = os.path.dirname(os.path.abspath(__file__))
SLUICE = os.environ["SLUICE"]


class Session(unittest.TestCase):
    """A folder, a stand-in, and what a user would type."""

    size = 1 << 20

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.address = self.serve(*self.standin_arguments())
        self.open = urllib.request.urlopen

    def standin_arguments(self):
        return ["--size", str(self.size)]

    def serve(self, *arguments):
        """Another stand-in; its address."""
        process = subprocess.Popen(
            [sys.executable, "-B", os.path.join(HERE, "standin.py"), *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

        def stop():
            process.stdin.close()
            process.wait(5)
            process.stdout.close()
        self.addCleanup(stop)
        return process.stdout.readline().strip()

    def start(self, *arguments, cloud=True, through=(), **environment):
        keys = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret"}
        where = ["--region", "cn-hangzhou", "--endpoint", self.address] if cloud else []
        return subprocess.Popen(
            [*through, SLUICE, *arguments, *where], cwd=self.folder.name, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={"PATH": os.environ["PATH"], "HOME": self.folder.name, **keys, **environment})

    def run_sluice(self, status, *arguments, stdin="", **options):
        process = self.start(*arguments, **options)
        out, err = process.communicate(stdin, timeout=60)
        self.assertEqual(status, process.returncode, err)
        for secret in ("testsecret", "Signature=", "Generation=", "storeid"):
            self.assertNotIn(secret, out + err)
        return out.strip(), err.strip()

    def behave(self, **fields):
        self.open(self.address + "/_control", json.dumps(fields).encode()).read()

    def record(self):
        return json.load(self.open(self.address + "/_control"))

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def finished_task(self):
        self.behave(states=["finished"])
        return self.run_sluice(0, "create", "--instance", "rm-example", "--backup-set", "146005")[0]

    def link(self, task, generation=1):
        expires, path = str(int(time.time()) + 600), f"/store/public/{task}.tar.gz"
        return f"{self.address}{path}?Expires={expires}&OSSAccessKeyId=storeid&Generation={generation}&Signature=" + signature(
            path, expires, str(generation))

    def wait_until(self, holds):
        deadline = time.time() + 30
        while not holds():
            self.assertLess(time.time(), deadline)
            time.sleep(0.01)

    def size_of(self, name):
        """0 for a file that is not there."""
        try:
            return os.path.getsize(self.path(name))
        except FileNotFoundError:
            return 0
