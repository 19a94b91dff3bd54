"""Inputs that are hard on memory or on files: one row of 200 MB, 4,000 columns, 20,000 tables, 1 GiB and 8 GiB."""
import io, os, random, shutil, tarfile


def long_row(suite, size):
    """One row that is larger than all slabs: 200 MB (less in a smoke run), with a quote now and then."""
    bytes_wanted = min(200, size * 10) * 10**6
    path = suite.path("long-row.csv")
    with open(path, "w") as out:
        out.write("id,body\n1,\"" + 'words and ""quotes"" in one row, ' * (bytes_wanted // 32) + "\"\n2,short\n")
    suite.case(f"one row of {bytes_wanted // 10**6} MB, discarded", os.path.getsize(path), {
        "sluice": (suite.sluice("long-row.csv", "--header"), "/dev/null", None, None)})
    os.unlink(path)


def many_columns(suite, size):
    """A table of 4,000 columns."""
    seeded, path = random.Random(4000), suite.path("columns.csv")
    rows = ["," .join(str(seeded.randrange(10**5)) for _ in range(4000)) + "\n" for _ in range(100)]
    with open(path, "w") as out:
        out.write(",".join(f"column_{i}" for i in range(4000)) + "\n")
        for _ in range(max(1, size * 10**6 // sum(map(len, rows)))):
            out.writelines(rows)
    bound = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin/bound"), path]
    suite.case("4,000 columns, discarded", os.path.getsize(path), {
        "sluice": (suite.sluice("columns.csv", "--header"), "/dev/null", None, None),
        "sluice, one core": (suite.sluice("columns.csv", "--header", "--jobs", "1"), "/dev/null", {0}, None),
        "bound, one core": (bound + ["-d"], "/dev/null", {0}, None)})
    os.unlink(path)


def many_tables(suite, tables):
    """Tables of ten rows onto disk, beside tar -x of the same archive to the same disk."""
    path, lake = suite.path("tables.tar"), suite.path("lake")
    rows = b"".join(b"%d,name %d,2024-01-%02d\n" % (i, i, i + 1) for i in range(10))
    with tarfile.open(path, "w") as tar:
        for number in range(tables):
            structure = f"CREATE TABLE `t{number}` (`id` int, `name` varchar(20), `day` date);\n".encode()
            for name, data in (("structure.sql", structure), ("data/t.csv", rows)):
                member = tarfile.TarInfo(f"shop/t{number}/{name}")
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
    fresh = lambda command: ["sh", "-c", 'rm -rf "$0" && mkdir "$0" && "$@"', lake, *command]
    suite.case(f"{tables} tables of ten rows, onto disk", os.path.getsize(path), {
        "sluice": (fresh([suite.binary, "convert", path, "--output", lake, "--quiet"]), "/dev/null", None, None),
        "tar -x": (fresh(["tar", "-xf", path, "-C", lake]), "/dev/null", None, None)}, targets={"tar -x": 0.5})
    shutil.rmtree(lake, ignore_errors=True)
    os.unlink(path)


def memory(suite):
    """Peaks by the size of the input: the same rows again and again, through a pipe, so that no disk is needed."""
    source = suite.path("orders.csv")
    repeat = '{ head -n 1 "$0"; for i in $(seq "$1"); do tail -n +2 "$0"; done; } | "$2" convert - --header --stdout --quiet'
    rounds, suite.rounds = suite.rounds, 1
    for gib in (1, 8):
        times = (gib << 30) // os.path.getsize(source)
        suite.case(f"{gib} GiB of order lines from a pipe, discarded", gib << 30, {
            "sluice": (["sh", "-c", repeat, source, str(times), suite.binary], "/dev/null", None, None)})
    suite.rounds = rounds
