"""Starts radosgw, the S3 server of Ceph, with one monitor and one object store in memory, on loopback."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid

PROGRAMS = ("ceph", "ceph-authtool", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")

CONFIGURATION = """[global]
fsid = {fsid}
mon_host = v2:127.0.0.1:{monitor}
public_addr = 127.0.0.1
keyring = {folder}/keyring
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
osd_objectstore = memstore
memstore_device_bytes = 2147483648
run_dir = {folder}
admin_socket = {folder}/$name.asok
log_file = {folder}/$name.log
pid_file = {folder}/$name.pid
mon_data = {folder}/mon
mon_data_avail_crit = 0
mon_data_avail_warn = 0
osd_data = {folder}/osd
[client.rgw]
rgw_frontends = beast endpoint=127.0.0.1:{port} tcp_nodelay=1
rgw_data = {folder}/rgw
"""

CAPABILITIES = {
    "mon.": ["mon", "allow *"],
    "client.admin": ["mon", "allow *", "osd", "allow *"],
    "client.rgw": ["mon", "allow rwx", "osd", "allow rwx"],
    "osd.0": ["mon", "allow profile osd", "osd", "allow *"],
}


def missing():
    """The programs that are not installed."""
    return [program for program in PROGRAMS if not shutil.which(program)]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}")


@contextlib.contextmanager
def running(folder, key, secret, patience=120):
    """The address of a server whose one user has this key; it ends with the block."""
    port, monitor, fsid = free_port(), free_port(), str(uuid.uuid4())
    for name in ("mon", "osd", "rgw"):
        os.makedirs(f"{folder}/{name}")
    configuration = f"{folder}/ceph.conf"
    with open(configuration, "w") as file:
        file.write(CONFIGURATION.format(fsid=fsid, monitor=monitor, port=port, folder=folder))
    keyring = f"{folder}/keyring"
    run("ceph-authtool", "--create-keyring", keyring)
    for name, rights in CAPABILITIES.items():
        pairs = [word for pair in zip(["--cap"] * 9, rights[::2], rights[1::2]) for word in pair]
        run("ceph-authtool", keyring, "--gen-key", "-n", name, *pairs)
    run("monmaptool", "--create", "--addv", "a", f"[v2:127.0.0.1:{monitor}]", "--fsid", fsid, f"{folder}/monmap")
    run("ceph-mon", "--mkfs", "-i", "a", "--monmap", f"{folder}/monmap", "--keyring", keyring, "-c", configuration)
    processes = []

    def start(*command):
        with open(f"{folder}/{command[0]}.out", "wb") as output:
            processes.append(subprocess.Popen([*command, "-c", configuration], stdout=output, stderr=output))

    try:
        start("ceph-mon", "-f", "-i", "a")
        store = str(uuid.uuid4())
        run("ceph", "-c", configuration, "osd", "new", store)
        run("ceph-osd", "--mkfs", "-i", "0", "-c", configuration, "--osd-uuid", store)
        start("ceph-osd", "-f", "-i", "0")
        start("radosgw", "-f", "-n", "client.rgw")
        wait(f"http://127.0.0.1:{port}", processes, patience)
        run(
            "radosgw-admin", "-c", configuration, "-n", "client.rgw", "user", "create", "--uid", "tests",
            "--display-name", "tests", "--access-key", key, "--secret-key", secret)
        yield f"http://127.0.0.1:{port}"
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()


def wait(address, processes, patience):
    end = time.monotonic() + patience
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except urllib.error.HTTPError:
            return  # an answer, too
        except OSError:
            pass
        if time.monotonic() > end or any(process.poll() is not None for process in processes):
            raise RuntimeError("radosgw did not come up")
        time.sleep(0.2)
