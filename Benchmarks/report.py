#!/usr/bin/env python3
"""results/*.json to a Markdown table and a plot; with --thresholds, fails where a ratio of the run is under the stored one."""
import argparse, json, sys

from ratios import OTHERS, ratios, under

BESIDE = (*OTHERS, "bound")


def rows(run):
    for case in run["cases"]:
        ours = case["samples"].get("sluice")
        if ours:
            yield case, case["bytes"] / min(s["wall"] for s in ours) / 1e6, ratios(case, "wall"), max(s["peak"] for s in ours)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("results")
    parser.add_argument("--markdown")
    parser.add_argument("--plot")
    parser.add_argument("--thresholds")
    parser.add_argument("--cpu", action="store_true", help="CPU time's ratios too")
    a = parser.parse_args()
    run = json.load(open(a.results))
    m = run["machine"]
    wrong = []
    limits = json.load(open(a.thresholds)) if a.thresholds else {}
    ours = ["| Case and sink | best of | MB/s | peak MiB | " + " | ".join(BESIDE) + " |", "|---" * (4 + len(BESIDE)) + "|"]
    variants = ["| Case and sink | Other ratios |", "|---|---|"]
    for case, speed, by_wall, peak in rows(run):
        by_cpu = ratios(case, "cpu")
        away = {entry.split(":")[0] for entry in case["left_out"]}
        cells = ["left out" if t in away else f"{by_wall[t]:.2f}" if t in by_wall else "" for t in BESIDE]
        ours.append(f"| {case['case']} | {len(case['samples']['sluice'])} | {speed:.0f} | {peak:.0f} | " + " | ".join(cells) + " |")
        rest = "; ".join(f"{t}: {r:.2f}" for t, r in by_wall.items() if t not in BESIDE)
        if rest:
            variants.append(f"| {case['case']} | {rest} |")
        if a.cpu:
            variants.append(f"| {case['case']}, by CPU time | " + "; ".join(f"{t}: {r:.2f}" for t, r in by_cpu.items()) + " |")
        wrong += [f"{case['case']}: {name} is {found:.2f} by CPU time, under {least}"
                  for name, found, least in under(case, limits)]
    text = "\n".join([
        f"{m['cpu']}, {m['cores']} cores, {m['memory_gib']} GiB, {m['system']},",
        f"{m['date']}, load {m['load']:.1f} when it ended.", "",
        "MB/s of input, best of so many interleaved runs (of three where a tool takes more than fifteen times as long).",
        "The columns of tools are ratios: their time over ours. Above 1, we are faster.", "", *ours, "",
        "Ratios of the same kind to our own variants and to yardsticks:", "", *variants]) + "\n"
    print(text)
    if a.markdown:
        open(a.markdown, "w").write(text)
    if a.plot:
        try:
            plot(run, a.plot)
        except ImportError:
            print("no matplotlib: no plot", file=sys.stderr)
    for line in wrong:
        print("under its threshold:", line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


def plot(run, path):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    cases = [(case, {t: (2 if t == "two processes" else 1) * case["bytes"] / min(s["wall"] for s in taken) / 1e6 for t, taken in case["samples"].items() if taken}) for case in run["cases"]]
    figure, axes = plt.subplots(len(cases), 1, figsize=(8, 1.1 * len(cases) + 1.5), constrained_layout=True)
    for axis, (case, speeds) in zip(axes if len(cases) > 1 else [axes], cases):
        names = sorted(speeds, key=speeds.get)
        axis.barh(names, [speeds[n] for n in names], color=["#0a6e8a" if n == "sluice" else "#b8c4cc" for n in names])
        axis.set_title(f"{case['case']} (MB/s of input)", fontsize=8, loc="left")
        axis.tick_params(labelsize=6)
    figure.savefig(path, dpi=110)


main()
