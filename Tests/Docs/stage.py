"""A folder in which the shell blocks of the documentation run as a reader would type them."""

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Cloud commands go to the stand-in, with its keys, and do not wait 15 s between two looks at a task.
WRAPPER = """#!/bin/bash
words=("$@")
case " $* " in
  *" --help "* | *" -h "*) ;;
  " backup "* | " create "* | " list "* | " show "* | " wait "* | " fetch "* | " run "* | " binlogs "*)
    export ALIBABA_CLOUD_ACCESS_KEY_ID=testid ALIBABA_CLOUD_ACCESS_KEY_SECRET=testsecret
    export ALIBABA_CLOUD_REGION_ID=cn-hangzhou
    words+=(--endpoint "$SERVICE")
    case " $* " in *" --wait "* | " wait "* | " run "*) words+=(--every 1s) ;; esac ;;
esac
exec "$SLUICE" "${words[@]}"
"""


class Stage:
    """Holds `shop.tar.gz` (a sample), `cut.tar.gz` (its first bytes), a stand-in of the service, and `sluice` in PATH."""

    def __init__(self, sluice):
        self.folder = tempfile.mkdtemp(prefix="sluice-docs-")
        home, binaries = self.path("home"), self.path("bin")
        os.makedirs(home)
        os.makedirs(binaries)
        with open(os.path.join(binaries, "sluice"), "w") as wrapper:
            wrapper.write(WRAPPER)
        os.chmod(os.path.join(binaries, "sluice"), 0o755)
        sample = os.path.join(ROOT, "samples/exports/shop-mysql-csv.tar.gz")
        self.standin = subprocess.Popen(
            [sys.executable, "-B", os.path.join(ROOT, "Tests/TestSupport/standin/standin.py"), "--object", sample],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.environment = {
            "PATH": binaries + ":" + os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8",
            "SLUICE": os.path.abspath(sluice), "SERVICE": self.standin.stdout.readline().strip(),
            "SLUICE_REPOSITORY": ROOT,
        }
        self.tell_service('{"states": ["finished"]}')
        self.work = self.path("work")
        os.makedirs(self.work)
        shutil.copy(sample, os.path.join(self.work, "shop.tar.gz"))
        with open(sample, "rb") as whole, open(os.path.join(self.work, "cut.tar.gz"), "wb") as cut:
            cut.write(whole.read(30_000))
        create = ["sluice", "create", "--instance", "rm-bp1example", "--backup-set", "146005"]
        self.environment["TASK"] = self.run(create).stdout.strip()
        self.environment["URL"] = "file://" + os.path.join(self.work, "shop.tar.gz")

    def path(self, name):
        return os.path.join(self.folder, name)

    def tell_service(self, behaviour):
        urllib.request.urlopen(self.environment["SERVICE"] + "/_control", behaviour.encode()).read()

    def run(self, words):
        return subprocess.run(
            words, cwd=self.work, env=self.environment, text=True, capture_output=True, timeout=120, check=True,
            stdin=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.standin.stdin.close()
        self.standin.wait(10)
        self.standin.stdout.close()
        shutil.rmtree(self.folder)
