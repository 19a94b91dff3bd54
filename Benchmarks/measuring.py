"""Commands that do the same, timed side by side: content first, then A B A B …, every sample kept.

Every tool turns the same file into JSON lines on standard output, which is discarded (/dev/null) unless a case says
otherwise. Before anything is timed, what the tools write is compared with ours (`same.py`).
"""
import json, os, platform, subprocess, sys, time
from typing import NamedTuple

import ratios

MOST_TRIES = 3
"""How often a case is measured whose ratios are under their thresholds."""
HERE = os.path.dirname(os.path.abspath(__file__))


class Command(NamedTuple):
    """What is timed."""
    arguments: list
    sink: str = "/dev/null"
    """Where its standard output goes."""
    cores: set | None = None
    """The only cores that it may use."""
    written: list | None = None
    """The command whose output is compared, where it is another one."""


def run(arguments, sink="/dev/null", cores=None):
    """Seconds of wall clock, seconds of CPU, peak MiB."""
    def pin():
        if cores:
            os.sched_setaffinity(0, cores)
    with open(sink, "wb") as out:
        before = time.monotonic()
        process = subprocess.Popen(arguments, stdout=out, stderr=subprocess.PIPE, preexec_fn=pin)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - before
    if process.returncode:
        said = errors.decode(errors="replace")[-400:].replace(HERE, ".")
        raise RuntimeError(f"{os.path.basename(arguments[0])} failed: {said}")
    return {"wall": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}


class Suite:
    """Measures cases, and keeps all results in a file."""

    def __init__(self, data, sluice, rounds, out, thresholds=None):
        """`data`: the folder of the data sets; `sluice`: a release binary; `rounds`: of each case; `out`: a file;
        `thresholds`: the least ratios by case, under which a case is measured again."""
        self.data, self.binary, self.rounds, self.out = data, sluice, rounds, out
        self.thresholds = thresholds or {}
        self.results = []

    def path(self, name):
        """A file of the data sets."""
        return os.path.join(self.data, name)

    def program(self, name):
        """Another program of ours, which lies beside the command."""
        return os.path.join(os.path.dirname(os.path.abspath(self.binary)), name)

    def sluice(self, name, *options):
        """Converts a file of the data sets to standard output."""
        return [self.binary, "convert", self.path(name), "--stdout", "--quiet", *options]

    def case(self, name, size, commands, compare=None, targets=None, turns=1, sizes=None):
        """Measures a case.

        size: bytes of the input; commands: tool → Command, ours is "sluice"; compare: tool → a function of `same`;
        targets: ratio → what it should be at least; turns: of each round; sizes: bytes that a command reads, where
        they differ.
        """
        good, missing = self.checked(name, commands, compare or {})
        samples = {tool: [] for tool in good}
        done = {
            "case": name, "bytes": size, "samples": samples, "sizes": sizes or {}, "left_out": missing,
            "targets": targets or {}}
        self.results.append(done)
        for _ in range(MOST_TRIES):
            for _ in range(self.rounds * turns):
                sample(good, samples, missing)
            if not ratios.under(done, self.thresholds):
                break  # else a neighbour may have had the machine: what is slow stays so
        with open(self.out, "w") as out:  # after every case: what has been measured is kept, whatever comes next
            json.dump({"machine": card(), "cases": self.results}, out, indent=1)
        say(name, size, samples, sizes or {})

    def checked(self, name, commands, compare):
        """The commands that work and write what ours does, and why the others are left out."""
        good, missing = {}, []
        ours, theirs = self.path("check.ours"), self.path("check.theirs")
        for tool, command in commands.items():
            command = Command(*command)
            try:
                if tool == "sluice" and compare:
                    run(command.arguments, ours)
                if tool in compare:
                    written = command.written or command.arguments
                    run(written, "/dev/null" if theirs in written else theirs)
                    wrong = compare[tool](ours, theirs)
                    if wrong:
                        raise RuntimeError("other rows than ours: " + wrong)
                good[tool] = command
            except Exception as error:  # a tool that is missing or reads it otherwise is left out, and said so
                missing.append(f"{tool}: {str(error)[:300]}")
                print(f"  {name}: {tool} left out: {str(error)[:200]}", file=sys.stderr)
        for left in (ours, theirs):
            if os.path.exists(left):
                os.unlink(left)
        return good, missing


def sample(commands, samples, missing):
    """Runs each command once, one after another."""
    for tool, command in list(commands.items()):
        if is_far_behind(samples[tool], samples.get("sluice")):
            continue
        try:
            samples[tool].append(run(command.arguments, command.sink, command.cores))
        except RuntimeError as error:
            missing.append(f"{tool}: {str(error)[:300]}")


def is_far_behind(samples, ours):
    """After three rounds with more than fifteen times our time there is nothing left to learn, and much to wait for."""
    return bool(ours) and len(samples) >= 3 and min(s["wall"] for s in samples) > 15 * min(s["wall"] for s in ours)


def say(name, size, samples, sizes):
    """One line for a case that was measured."""
    best = {tool: min(s["wall"] for s in taken) for tool, taken in samples.items() if taken}
    cpu = {tool: min(s["cpu"] for s in taken) for tool, taken in samples.items() if taken}
    if "sluice" not in best:
        return
    print(f"{name}:", ", ".join(
        f"{tool} {sizes.get(tool, size) / wall / 1e6:.0f} MB/s ({wall / best['sluice']:.2f}x our time, "
        f"cpu {cpu[tool] / cpu['sluice']:.2f}x)" for tool, wall in best.items()), flush=True)


def card():
    """The machine."""
    cpu = platform.processor()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as lines:
            cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), cpu)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return {
        "cpu": cpu, "cores": os.cpu_count(), "memory_gib": memory, "system": platform.platform(),
        "load": os.getloadavg()[0], "date": time.strftime("%Y-%m-%d")}
