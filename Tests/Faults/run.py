#!/usr/bin/env python3
"""Law 4, fail at n: whichever file operation fails, the run ends in a documented status, nothing looks complete, and the same
command again ends with the bytes of a run in which nothing failed. So does whatever is left when the power goes before any of them.

    Tests/Faults/run.py --sluice .build/debug/sluice [--every 7] [--seed 1]      --every 1: each operation, not each seventh
"""
import argparse, gzip, json, os, pathlib, random, shutil, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import soak

DOCUMENTED = {0, 1, 65, 66, 73, 75}
FAILS = {"ENOSPC": {0, 75}, "EIO": {0, 1, 65, 66, 73}, "EINTR": {0}, "short": {0}}


def build(folder, name):
    library = folder / f"{name}.so"
    compiler = shutil.which("cc") or shutil.which("clang") or str(pathlib.Path(os.path.realpath(shutil.which("swift"))).parent / "clang")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-o", library, HERE / f"{name}.c", "-ldl"], check=True)
    return library


class Cloud:
    """The stand-in of the service on loopback, with one finished download."""

    keys = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "testsecret"}

    def __init__(self, sluice, archive):
        standin = HERE.parent / "TestSupport" / "standin" / "standin.py"
        self.process = subprocess.Popen([sys.executable, "-B", standin, "--object", archive], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.where = ["--instance", "rm-example", "--region", "cn-hangzhou", "--endpoint", self.process.stdout.readline().strip()]
        os.environ.update(self.keys)
        self.task = subprocess.run([sluice, "create", "--backup-set", "146005", *self.where], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.strip()
        subprocess.run([sluice, "wait", self.task, "--every", "1s", *self.where], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)


class Bench:
    """`words` begin a command line; `resumes`: the option that resumes it, where it does not do so by itself. `rejects`: the file of rejected rows, if there are some."""

    def __init__(self, words, folder, name, resumes=(), rejects=None):
        self.rejects, self.done = rejects, 2 if rejects else 0
        self.out, self.count, self.kept, self.name, self.resumes = folder / "out", folder / "count", folder / "kept", name, resumes
        self.kept.mkdir()
        self.command = [*words, "-q", "--jobs", "2", "--checkpoint-every", "0s"]
        whole = folder / "whole"
        if subprocess.run([*self.command, "--output", whole]).returncode != self.done:
            raise SystemExit(f"{name}: fails when nothing fails")
        self.expected = soak.content(whole)
        self.expected_rejects = rejects and rejects.read_bytes()

    def run(self, library, number, how, root, resume=False, seed=1):
        environment = dict(os.environ, LD_PRELOAD=str(library), FAULT_AT=str(number), FAULT_HOW=how, FAULT_ROOT=str(root), FAULT_COUNT=str(self.count),
                           FAULT_KEEPS=str(self.kept), FAULT_SEED=str(seed))
        ended = subprocess.run([*self.command, "--output", self.out, *(self.resumes if resume else [])], env=environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, timeout=120)
        if ended.returncode == self.done:
            ended.returncode = 0
        return ended

    def fresh(self):
        shutil.rmtree(self.out, ignore_errors=True)

    def operations(self, library, root):
        self.fresh()
        if self.run(library, 0, "", root).returncode != 0:
            raise SystemExit(f"{self.name}: fails when nothing fails")
        return int(self.count.read_text())

    def same(self):
        found = {path: data for path, data in soak.content(self.out).items() if not path.startswith(".sluice.")}
        return found == self.expected and (self.rejects is None or self.rejects.read_bytes() == self.expected_rejects)

    def trial(self, library, number, how, root):
        """What is wrong, or nothing."""
        self.fresh()
        first = self.run(library, number, how, root)
        errors = first.stderr.decode(errors="replace").strip()
        if first.returncode not in FAILS[how]:
            return f"status {first.returncode}: {errors}"
        if first.returncode == 0:
            return None if self.same() else "status 0 with other bytes"
        if "\n" in errors or not errors.startswith("sluice: "):
            return f"not one clear line: {errors}"
        if self.out.exists():
            soak.check_unfinished(self.out, self.expected)
        return self.again(library, root, errors)

    def trial_without_power(self, library, number, how, root):
        self.fresh()
        first = self.run(library, number, how, self.out, seed=number)
        if first.returncode not in {0, 137}:
            return f"status {first.returncode}: {first.stderr.decode(errors='replace').strip()}"
        if (self.out / "_SUCCESS").exists():
            return self.refused(library, root) if self.same() else "complete, with other bytes"
        if self.out.exists():
            soak.check_unfinished(self.out, self.expected)
        return self.again(library, root, "the power was cut")

    def refused(self, library, root):
        """A finished folder is left alone, but for what a run that ended there had no time to remove."""
        again = self.run(library, 0, "", root)
        left = sorted(place.name for place in self.out.glob(".sluice.*"))
        return None if again.returncode == 73 and self.same() and not left else f"finished: status {again.returncode}, left: {left}"

    def again(self, library, root, errors):
        again = self.run(library, 0, "", root, resume=(self.out / ".sluice.run").exists())
        if again.returncode != 0:
            return f"again: status {again.returncode}: {again.stderr.decode(errors='replace').strip()} (before: {errors})"
        return None if self.same() else f"again: other bytes (before: {errors})"


class Exchange(Bench):
    """A run with --overwrite over a finished output: there is the old one, whole, or the new one, or none that says it is one; and the same command again gives the new one."""

    def __init__(self, words, old, folder, name):
        super().__init__(words, folder, name)
        self.old = folder / "old"
        subprocess.run([*old, "-q", "--output", self.old], check=True)
        self.outputs = [soak.content(self.old), self.expected]
        self.command.append("--overwrite")

    def fresh(self):
        super().fresh()
        shutil.copytree(self.old, self.out)

    def trial(self, library, number, how, root):
        self.fresh()
        first = self.run(library, number, how, root)
        errors = first.stderr.decode(errors="replace").strip()
        if first.returncode not in {**FAILS, "kill": {0, -9}}[how]:
            return f"status {first.returncode}: {errors}"
        if first.returncode == 0:
            return None if self.same() else "status 0 with other bytes"
        if how != "kill" and ("\n" in errors or not errors.startswith("sluice: ")):
            return f"not one clear line: {errors}"
        return self.mixed() or self.again(library, root, errors)

    def trial_without_power(self, library, number, how, root):
        self.fresh()
        first = self.run(library, number, how, self.out, seed=number)
        if first.returncode not in {0, 137}:
            return f"status {first.returncode}: {first.stderr.decode(errors='replace').strip()}"
        return self.mixed() or self.again_or_refused(library, root)

    def again_or_refused(self, library, root):
        """A part may have reached the disk, and the note that lists it not: then what was begun is refused by name, and the old output is there, whole."""
        wrong = self.again(library, root, "the power was cut")
        if wrong is None or "holds files that no run has listed; remove it yourself" not in wrong:
            return wrong
        found = {path: data for path, data in soak.content(self.out).items() if not path.startswith(".sluice.")}
        if found != self.outputs[0]:
            return wrong
        shutil.rmtree(self.out / ".sluice.new")
        return self.again(library, root, "the power was cut, and what was begun removed")

    def mixed(self):
        try:
            soak.check_one_of(self.out, self.outputs)
        except SystemExit as found:
            return str(found)
        return None

    def again(self, library, root, errors):
        again = self.run(library, 0, "", root)
        if again.returncode != 0:
            return f"again: status {again.returncode}: {again.stderr.decode(errors='replace').strip()} (before: {errors})"
        left = sorted(place.name for place in self.out.glob(".sluice.*"))
        return None if self.same() and not left else f"again: other bytes, or left: {left} (before: {errors})"


def exchange(sluice, place):
    """Small outputs with tables in common, so that much of a run is the exchange. One table of the old one is gone in the new one, one is new, one has other parts."""
    inputs = {"old": soak.tree(60, 1), "new": [(name.replace("shop/t4", "shop/t5"), data) for name, data in soak.tree(50, 2)]}
    for name, files in inputs.items():
        (place / f"{name}.tar").write_bytes(soak.tar(files))
    return Exchange([sluice, "convert", str(place / "new.tar"), "--part-size", "2000"], [sluice, "convert", str(place / "old.tar")], place, "an output that replaces another")


class Judge:
    """Counts trials; says what was wrong with those that failed."""

    def __init__(self, chance):
        self.passed, self.failed, self.chance = 0, 0, chance

    def hold(self, bench, trials, every):
        """`trials`: what is tried, by which library and how, and where files count."""
        for trial, library, how, root in trials:
            operations = bench.operations(library, root)
            step = -(-every // 3) if how == "EIO" else every  # an error that is lost on the way is the worst of them
            for number in range(1 + self.chance.randrange(step), operations + 1, step):
                wrong = trial(library, number, how, root)
                self.passed, self.failed = self.passed + (wrong is None), self.failed + (wrong is not None)
                if wrong:
                    print(f"{bench.name}: {how} at operation {number} of {operations}: {wrong}", flush=True)
            print(f"{bench.name}: {how}: {operations} operations on files a run", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sluice", required=True)
    parser.add_argument("--every", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="benches whose name holds this")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sluice-faults-"))
    faults, power, sluice = build(folder, "fail_at"), build(folder, "cut_power"), os.path.abspath(options.sluice)
    files = soak.tree(4000, 1)
    inputs = {
        "tree.tar.gz": (gzip.compress(soak.tar(files), 1), "convert", []),
        "tree.tar": (soak.tar(soak.tree(1500, 2, late=True)), "convert", ["--part-size", "60000"]),
        "a run over tree.tar.gz": (gzip.compress(soak.tar(files), 1), "run", []),
        "a part of several pieces": (b"".join(b'%d,"a value of row %d, so that lines are long",%d\n' % (row, row, row % 7) for row in range(40_000)), "convert", []),
        "rows that are rejected": (b"".join(b"%d,x\n" % row if row % 50 else b"%d,x,y\n" % row for row in range(1, 30_000)), "convert", ["--rejects"]),
        "a run over dumps of two databases": (gzip.compress(soak.tar(soak.nameless(3000, 3)), 1), "run", []),
        "a run whose data waits": (soak.tar(soak.tree(1500, 2, late=True)), "run", []),
    }
    judge = Judge(chance)
    for name, (data, command, arguments) in inputs.items():
        if options.only not in name:
            continue
        place = folder / name.replace(".", "-").replace(" ", "-")
        place.mkdir()
        source = place / "input"
        source.write_bytes(data)
        cloud = Cloud(sluice, source) if command == "run" else None
        words = [sluice, "run", cloud.task, *cloud.where] if cloud else [sluice, "convert", str(source)]
        rejects = place / "rejects" if "--rejects" in arguments else None
        bench = Bench([*words, *arguments, *([rejects] if rejects else [])], place, name, resumes=() if cloud else ["--resume"], rejects=rejects)
        trials = [(bench.trial, faults, how) for how in FAILS] + [(bench.trial_without_power, power, how) for how in ("all", "some")]
        judge.hold(bench, [(trial, library, how, bench.out if library == power or cloud else place) for trial, library, how in trials], options.every)
        if cloud:
            cloud.end()
    if options.only in "an output that replaces another":
        place = folder / "exchange"
        place.mkdir()
        bench = exchange(sluice, place)
        trials = [(bench.trial, faults, how, bench.out) for how in (*FAILS, "kill")] + [(bench.trial_without_power, power, how, bench.out) for how in ("all", "some")]
        judge.hold(bench, trials, -(-options.every // 3))
    shutil.rmtree(folder)
    print(f"{judge.passed} passed, {judge.failed} failed")
    sys.exit(judge.failed > 0)


if __name__ == "__main__":
    main()
