"""Ratios of a case: what the report shows, and what thresholds.json bounds."""

OTHERS = ("polars", "duckdb", "clickhouse", "miller")
# Decoders of binary logs: few cases have them, and the tables have no columns for them.
DECODERS = ("mariadb-binlog", "mysqlbinlog")
NO_RATIO = ("sluice", "two processes", "start", "plain text")


def ratios(case, clock):
    """Other time over ours, by the least of all samples: of the wall's clock ("wall"), or of CPU time ("cpu"), which a
    busy machine changes less."""
    best = {tool: min(s[clock] for s in samples) for tool, samples in case["samples"].items() if samples}
    found = {tool: time / best["sluice"] for tool, time in best.items() if tool not in NO_RATIO}
    if "plain text" in best and clock == "cpu":  # bytes a second of CPU time, the start taken off
        speed = {
            tool: case["sizes"][tool] / max(best[tool] - best["start"], 1e-3) for tool in ("sluice", "plain text")}
        found["of plain text"] = speed["sluice"] / speed["plain text"]
    if "sluice, one core" in best and "bound, one core" in best:
        found["of the bound"] = best["bound, one core"] / best["sluice, one core"]
    for place in ("", ", detached"):
        if "loop over rows" + place in best:
            found["of the conversion" + place] = best["sluice"] / best["loop over rows" + place]
    if "two processes" in best:  # each does what one core does: together they are this much faster than one
        found["where two processes reach"] = 2 * best["sluice, one core"] / best["two processes"]
    others = [ratio for tool, ratio in found.items() if tool in (*OTHERS, *DECODERS)]
    if others:
        found["best other"] = min(others)
    return found


def under(case, limits):
    """(ratio's name, its value by CPU time, the least it should be) of each ratio that is under its threshold."""
    by_cpu = ratios(case, "cpu") if case["samples"].get("sluice") else {}
    least = limits.get(case["case"], {})
    return [(name, by_cpu[name], bound) for name, bound in least.items() if name in by_cpu and by_cpu[name] < bound]
