#!/bin/sh
# sluice fetch against curl, from a loopback nginx: speed as a ratio of the same run, peak memory, time to first byte.
#
#     Benchmarks/fetch.sh PATH-OF-SLUICE [MEGABYTES] [ROUNDS] [FOLDER]
#
# Installs nginx and curl where they are missing. Both commands write into FOLDER (default: a temporary one), round by
# round in turn, so that a busy machine slows both.
# `disk` is what a plain copy of the file on that disk takes: neither can be faster.
set -eu

sluice=$(realpath "$1")
"$(dirname "$0")/../Tests/packages.sh" fetch
megabytes=${2:-1024}
rounds=${3:-5}
folder=$(mktemp -d "${4:-${TMPDIR:-/tmp}}/fetch-benchmark.XXXXXX")
port=${PORT:-18089}
nginx=$(command -v nginx || echo /usr/sbin/nginx)

mkdir "$folder/www" "$folder/nginx"
chmod 755 "$folder"  # the worker of nginx may run as another user
head -c "${megabytes}M" /dev/urandom > "$folder/www/object.tar.gz"
cat > "$folder/nginx.conf" <<CONF
pid $folder/nginx/pid;
error_log $folder/nginx/error.log;
worker_processes 1;
events {}
http {
    access_log off; sendfile on; default_type application/octet-stream;
    client_body_temp_path $folder/nginx; proxy_temp_path $folder/nginx; fastcgi_temp_path $folder/nginx;
    uwsgi_temp_path $folder/nginx; scgi_temp_path $folder/nginx;
    server { listen 127.0.0.1:$port; root $folder/www; }
}
CONF
"$nginx" -c "$folder/nginx.conf"
trap 'kill "$(cat "$folder/nginx/pid")"; rm -rf "$folder"' EXIT

url="http://127.0.0.1:$port/object.tar.gz"
python3 - "$sluice" "$url" "$folder" "$rounds" "$megabytes" <<'PYTHON'
import json, os, resource, statistics, subprocess, sys, time

sluice, url, folder, rounds, megabytes = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
output = os.path.join(folder, "output")


def run(command):
    """Seconds, peak memory in MiB, standard output."""
    if os.path.exists(output):
        os.remove(output)
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if status != 0:
        sys.exit(f"{command[0]} ended with {status}")
    assert os.path.getsize(output) == megabytes << 20, (command[0], os.path.getsize(output))
    return seconds, usage.ru_maxrss / 1024, text


commands = {
    "curl": ["curl", "-sf", "-o", output, url],
    "disk": ["cp", os.path.join(folder, "www/object.tar.gz"), output],
    "sluice": [sluice, "fetch", url, "--output", output, "--json", "-q"],
    "sluice x4": [sluice, "fetch", url, "--output", output, "--json", "-q", "--parallel", "4"],
}
seconds, memory, first = {n: [] for n in commands}, {n: 0 for n in commands}, []
for _ in range(rounds):
    for name, command in commands.items():
        took, peak, text = run(command)
        seconds[name].append(took)
        memory[name] = max(memory[name], peak)
        if name == "sluice":
            first.append(json.loads(text)["first_byte_milliseconds"])
print(f"{'':10} {'MB/s':>8} {'of curl':>8} {'peak MiB':>9}   ({megabytes} MiB, median of {rounds} rounds)")
for name in commands:
    ratio = statistics.median(c / s for c, s in zip(seconds["curl"], seconds[name]))
    print(f"{name:10} {megabytes * 1.048576 / statistics.median(seconds[name]):8.0f} {ratio:8.2f} {memory[name]:9.0f}")
print(f"first byte on disk after {statistics.median(first)} ms (median)")
PYTHON
