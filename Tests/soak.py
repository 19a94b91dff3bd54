#!/usr/bin/env python3
"""Kills `sluice convert` at random moments and resumes it with --resume until it is done: the output must be that of a run that
nobody disturbed, byte for byte, and a folder must never look complete before it is.

    Tests/soak.py --sluice .build/release/sluice [--kills 200] [--seed 1] [--only gzip]
"""
import argparse, csv, gzip, io, json, os, pathlib, random, shutil, signal, subprocess, sys, tarfile, tempfile, time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "TestSupport"))
import binary_logs


def rows(count, seed):
    """Rows of a table with what is hard to cut: line ends and quotes in values, long values, NULLs."""
    chance = random.Random(seed)
    out = io.StringIO()
    for number in range(count):
        text = chance.choice(["plain", "two\nlines", 'quote "" in', "back\\\\slash", "é😀", "x" * chance.randrange(400)])
        out.write(f'{number},"{text}",{chance.random():.6f},{chance.choice(["NULL", chr(92) + "N", "7"])}\n')
    return out.getvalue().encode()


def inserts(count, seed, database="shop"):
    chance = random.Random(seed)
    out = [f"-- MySQL dump 10.13\n-- Host: h    Database: {database}\nSET NAMES utf8mb4;\n"]
    for table in ("first", "second", "third"):
        out.append(f"CREATE TABLE `{table}` (`id` int, `t` text, `b` blob);\n")
        at = 0
        while at < count:
            size = chance.randrange(1, 4000)
            tuples = (f"({at + i},'it''s {chance.random()} \\n \\' é',0x{chance.randrange(1 << 64):016x})" for i in range(size))
            out.append(f"INSERT INTO `{table}` VALUES " + ",\n".join(tuples) + ";\n")
            at += size
    out.append("-- Dump completed\n")
    return "".join(out).encode()


def copies(count, seed):
    chance = random.Random(seed)
    out = ["-- PostgreSQL database dump\nSET client_encoding = 'UTF8';\n"]
    for table in ("first", "second"):
        out.append(f"CREATE TABLE public.{table} (id integer, t text, f double precision);\nCOPY public.{table} (id, t, f) FROM stdin;\n")
        out += [f"{i}\ttab\\there {chance.random()}\t{chance.random()}\n" for i in range(count)]
        out.append("\\.\n")
    out.append("-- PostgreSQL database dump complete\n")
    return "".join(out).encode()


def nameless(count, seed):
    """Two dumps that make the same table and name no database, and what lies beside the tables of a tree."""
    def dump(number):
        rows = "".join(f"{i}\tline {i * number}\n" for i in range(count))
        return f"CREATE TABLE public.users (id integer, t text);\nCOPY public.users (id, t) FROM stdin;\n{rows}\\.\n".encode()
    return [("stray/all.sql", dump(seed))] + [(f"{name}.sql", dump(seed + 1 + n)) for n, name in enumerate(("shop", "crm"))] + [
        ("stray/t/structure.sql", STRUCTURE.format("t").encode()), ("stray/t/data/t.csv", rows(count, seed))]


def objects(count, seed, array=False):
    """Rows of JSON with keys that come and go, values over several lines, and what is nested."""
    chance = random.Random(seed)
    out = []
    for number in range(count):
        row = {"id": number, "text": chance.choice(["plain", "two\nlines", "é😀", "x" * chance.randrange(400)])}
        if chance.random() < 0.5:
            row["tags"] = [chance.random(), {"a": None}]
        if chance.random() < 0.1:
            row = dict(reversed(row.items()))
        out.append(json.dumps(row, ensure_ascii=chance.random() < 0.5, indent=chance.choice([None, None, 1])))
    return ("[" + ",\n".join(out) + "]" if array else "\n".join(out)).encode()


STRUCTURE = "CREATE TABLE `{0}` (`id` int, `t` text, `f` double, `n` int) DEFAULT CHARSET=utf8mb4;\n"


def tree(count, seed, late=False):
    """The documented tree: five tables in one to four parts; `late`: structures after their data."""
    files = []
    for number in range(5):
        name = f"t{number}"
        structure = (f"shop/{name}/structure.sql", STRUCTURE.format(name).encode())
        parts = [(f"shop/{name}/data/{part}.csv", rows(count // (number + 1), seed + 10 * number + part)) for part in range(1 + number % 4)]
        files += parts + [structure] if late else [structure] + parts
    return files


def tar(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def members(data, count):
    """Several gzip members one after another."""
    size = len(data) // count + 1
    return b"".join(gzip.compress(data[at:at + size], 1) for at in range(0, len(data), size))


def unpacked(folder, files):
    for name, data in files:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def make_inputs(folder, count, seed):
    """name → (path, extra arguments)"""
    files = tree(count, seed)
    made = {}

    def put(name, data, *arguments):
        (folder / name).write_bytes(data)
        made[name] = (folder / name, list(arguments))

    put("tree.tar.gz", gzip.compress(tar(files), 1))
    put("members.tar.gz", members(tar(files), 7), "--compress", "gzip")
    put("late.tar.gz", gzip.compress(tar(tree(count, seed, late=True)), 1))
    put("plain.tar", tar(files), "--part-size", "300000")
    put("dumps.tar", tar([(f"db{n}_datafull_1_2.sql.gz", gzip.compress(inserts(count // 2, seed + n, f"db{n}"), 1)) for n in range(3)]), "--compress", "zstd")
    put("nameless.tar.gz", gzip.compress(tar(nameless(2 * count, seed)), 1))
    put("dump.sql.gz", gzip.compress(inserts(count, seed), 1))
    put("dump.sql", inserts(count, seed))
    put("pg.sql.gz", gzip.compress(copies(2 * count, seed), 1), "--commit", "table")
    put("lone.csv", rows(4 * count, seed))
    put("lines.ndjson", objects(4 * count, seed))
    put("array.json.gz", gzip.compress(objects(4 * count, seed, array=True), 1))
    for name, word in (("tree.tar.zst", "-1"), ("wide-window.tar.zst", "--zstd=wlog=23")):  # the second as zstd -19 has it
        zstd = subprocess.run(["zstd", "-q", word, "-c"], input=tar(files), stdout=subprocess.PIPE)
        if zstd.returncode == 0:
            put(name, zstd.stdout)
    logs = list(binary_logs.logs(count // 2, seed))
    put("logs.tar.gz", gzip.compress(tar(logs), 1), "--statements", "skip")
    put("flat.tar", tar(logs), "--statements", "skip", "--changes", "flat", "--after", "mysql-bin.000098:2000")
    unpacked(folder / "folder", files)
    made["folder"] = (folder / "folder", [])
    return made


def content(folder):
    """Every file with its bytes; of the manifest all but the times."""
    found = {}
    for place in sorted(folder.rglob("*")):
        if place.is_file():
            data = place.read_bytes()
            if place.name == "_manifest.json":
                manifest = json.loads(data)
                manifest["source"].pop("seconds"), manifest["source"].pop("spool")
                data = json.dumps(manifest, sort_keys=True).encode()
            found[str(place.relative_to(folder))] = data
    return found


def check_unfinished(folder, expected):
    """Only what is whole may say so: between the manifest's name and that of _SUCCESS it is."""
    if (folder / "_SUCCESS").exists():
        raise SystemExit(f"{folder}: looks complete, and is not")
    manifest = folder / "_manifest.json"
    if manifest.exists() and json.loads(manifest.read_text())["complete"]:
        found = content(folder)
        if any(found.get(name) != data for name, data in expected.items() if name != "_SUCCESS"):
            raise SystemExit(f"{folder}: the manifest says complete, and it is not")


def soak(sluice, name, path, arguments, folder, kills, chance):
    command = [sluice, "convert", str(path), "-q", "--checkpoint-every", "0s", *arguments]
    whole, out = folder / "whole", folder / "out"
    began = time.monotonic()
    subprocess.run([*command, "--output", str(whole)], check=True)
    duration = time.monotonic() - began
    expected = content(whole)
    done = runs = resumed = 0
    while done < kills:
        shutil.rmtree(out, ignore_errors=True)
        first = True
        while True:
            resume = [] if first or not (out / ".sluice.run").exists() else ["--resume"]
            if not resume:
                shutil.rmtree(out, ignore_errors=True)
            process = subprocess.Popen([*command, "--output", str(out), *resume], stderr=subprocess.PIPE)
            first = False
            try:
                process.wait(timeout=chance.uniform(0, duration) if done < kills else None)
            except subprocess.TimeoutExpired:
                process.send_signal(chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT]))
                process.wait()
                if process.returncode != 0:
                    done += 1
                    resumed += (out / ".sluice.work" / "checkpoint").exists()
                    if out.exists() and not (out / "_SUCCESS").exists():
                        check_unfinished(out, expected)
                    if not (out / "_SUCCESS").exists():
                        continue
            errors = process.stderr.read().decode()
            if process.returncode not in (0, -9, 130):
                raise SystemExit(f"{name}: status {process.returncode}: {errors}")
            break
        runs += 1
        found = content(out)
        found = {path: data for path, data in found.items() if not path.startswith(".sluice.")}
        if found != expected:
            different = [path for path in sorted(set(found) | set(expected)) if found.get(path) != expected.get(path)]
            raise SystemExit(f"{name}: after {done} kills these differ: {different[:5]} (kept in {folder})")
    print(f"{name}: {done} kills, {resumed} with a checkpoint to resume from, {runs} runs to the end, every byte the same", flush=True)
    return done


def check_one_of(folder, outputs):
    """An output is replaced by another: with `_SUCCESS` there is one of them, whole, and what the manifest calls complete is so."""
    manifest = folder / "_manifest.json"
    has_success = (folder / "_SUCCESS").exists()
    found = {name: data for name, data in content(folder).items() if not name.startswith(".sluice.")}
    if has_success and found not in outputs:
        raise SystemExit(f"{folder}: _SUCCESS over a mix: {sorted(found)}")
    if not has_success and manifest.exists() and json.loads(manifest.read_text())["complete"]:
        if not any(all(found.get(name) == data for name, data in output.items() if name != "_SUCCESS") for output in outputs):
            raise SystemExit(f"{folder}: the manifest says complete, and it is not")


def soak_overwrite(sluice, inputs, folder, kills, chance):
    """Kills `convert --overwrite` over a finished output, and resumes it or begins again."""
    (old, _), (new, arguments) = inputs["dump.sql"], inputs["tree.tar.gz"]
    command = [sluice, "convert", str(new), "-q", "--checkpoint-every", "0s", *arguments]
    for name, path in (("old", old), ("new", new)):
        began = time.monotonic()
        subprocess.run([sluice, "convert", str(path), "-q", "--output", str(folder / name)], check=True)
    duration = time.monotonic() - began
    out, outputs = folder / "out", [content(folder / "old"), content(folder / "new")]
    done = exchanges = 0
    while done < kills:
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(folder / "old", out)
        words = ["--overwrite"]
        while True:
            process = subprocess.Popen([*command, "--output", str(out), *words], stderr=subprocess.PIPE)
            try:  # each other kill falls into the exchange, if that is short
                if chance.random() < 0.5:
                    process.wait(timeout=chance.uniform(0, duration * 1.2))
                else:
                    while process.poll() is None and not (out / ".sluice.new" / "complete").exists():
                        pass
                    process.wait(timeout=chance.uniform(0, 0.02))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            if process.returncode == 0:
                break
            errors = process.stderr.read().decode()
            if process.returncode != -9:
                raise SystemExit(f"overwrite: status {process.returncode}: {errors}")
            done += 1
            exchanges += (out / ".sluice.new" / "complete").exists()
            check_one_of(out, outputs)
            can_resume = (out / ".sluice.new" / ".sluice.run").exists()
            words = ["--resume"] if can_resume and chance.random() < 0.7 else ["--overwrite"]
        if content(out) != outputs[1]:
            raise SystemExit(f"overwrite: other bytes after {done} kills (kept in {folder})")
    print(f"overwrite: {done} kills, {exchanges} in the exchange, old or new whole at each", flush=True)
    return done


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sluice", required=True)
    parser.add_argument("--kills", type=int, default=220, help="in all")
    parser.add_argument("--rows", type=int, default=60000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sluice-soak-"))
    inputs = {n: i for n, i in make_inputs(folder, options.rows, options.seed).items() if options.only in n}
    sluice = os.path.abspath(options.sluice)
    total = 0
    for name, (path, arguments) in inputs.items():
        place = folder / f"{name}.soak"
        place.mkdir()
        total += soak(sluice, name, path, arguments, place, -(-options.kills // len(inputs)), chance)
        shutil.rmtree(place)
    if "dump.sql" in inputs and "tree.tar.gz" in inputs:
        place = folder / "overwrite.soak"
        place.mkdir()
        total += soak_overwrite(sluice, inputs, place, -(-options.kills // len(inputs)), chance)
    shutil.rmtree(folder)
    print(f"{total} kills survived, no row lost")
    print(f"{len(inputs) + (len(inputs) > 1)} passed, 0 failed")


if __name__ == "__main__":
    main()
