"""CSV, INSERTs and COPY blocks, beside other tools and the bound; rows in a program; one core and two."""
import os, subprocess

import other_tools, same
from measuring import Command

OF_THE_BOUND = {"of the bound": 0.7}


def one_core(command):
    return Command(command.arguments, cores={0}, written=command.written)


def csv(suite, name, targets):
    """A file with a header, all columns text."""
    file, theirs = suite.path(name + ".csv"), suite.path("check.theirs")
    with open(file) as lines:
        columns = lines.readline().strip().split(",")
    form = "'CSVWithNames','" + ",".join(f"{column} String" for column in columns) + "'"
    bound = other_tools.bound("bound", file)
    suite.case(f"{name}.csv, discarded", os.path.getsize(file), {
        "sluice": Command(suite.sluice(name + ".csv", "--header")),
        "polars": other_tools.written_by(other_tools.POLARS, file, theirs),
        "duckdb": other_tools.written_by(other_tools.DUCKDB, file, theirs),
        "clickhouse": other_tools.clickhouse(file, theirs, form, "input_format_csv_empty_as_default=0"),
        "miller": Command(["mlr", "--icsv", "--ojsonl", "-S", "cat", file]),
        "bound": bound,
        "sluice, one core": Command(suite.sluice(name + ".csv", "--header", "--jobs", "1"), cores={0}),
        "bound, one core": one_core(bound),
    }, compare={
        "polars": same.rows, "duckdb": same.rows, "clickhouse": same.rows, "miller": same.rows,
        "bound": same.bytes_alone}, targets={**targets, **OF_THE_BOUND})


def typed_csv(suite):
    """Order lines with the structure file of the vendor's tree, so that numbers are numbers."""
    size, tree = os.path.getsize(suite.path("orders.csv")), suite.path("typed")
    os.makedirs(tree + "/shop/orders/data", exist_ok=True)
    with open(tree + "/shop/orders/structure.sql", "w") as out:
        out.write(structure_of(suite.path("orders-inserts.sql")))
    data = tree + "/shop/orders/data/orders.csv"
    if not os.path.exists(data):
        os.link(suite.path("orders.csv"), data)
    bound = other_tools.bound("bound", data, ["nnnnnnnn"])
    suite.case("orders.csv with its structure, discarded", size, {
        "sluice": Command(suite.sluice("typed", "--header")),
        "sluice, one core": Command(suite.sluice("typed", "--header", "--jobs", "1"), cores={0}),
        "bound": bound, "bound, one core": one_core(bound),
    }, compare={"bound": same.bytes_alone}, targets=OF_THE_BOUND)


def inserts(suite, name, targets):
    """mysqldump's statements. ClickHouse's reader of them gives its blocks in any order."""
    file, theirs = suite.path(name + ".sql"), suite.path("check.theirs")
    other = other_tools.clickhouse(file, theirs, "'MySQLDump'", "max_block_size=65536")
    sql(suite, name, other, same.rows_in_any_order, targets)


def copy(suite, name, targets):
    """A COPY block of pg_dump. ClickHouse has no reader for the dump: it gets the block alone."""
    block, theirs = suite.path(name + ".tsv"), suite.path("check.theirs")
    if not os.path.exists(block):
        write_block(suite.path(name + ".sql"), block)
    with open(block) as lines:
        count = lines.readline().count("\t") + 1
    form = "'TabSeparated','" + ",".join(f"c{i} Nullable(String)" for i in range(count)) + "'"
    sql(suite, name, other_tools.clickhouse(block, theirs, form, "max_block_size=65536"), same.rows, targets)


def sql(suite, name, clickhouse, same_as_clickhouse, targets):
    file = suite.path(name + ".sql")
    bound = other_tools.bound("bound_sql", file)
    suite.case(f"{name}.sql, discarded", os.path.getsize(file), {
        "sluice": Command(suite.sluice(name + ".sql")),
        "clickhouse": clickhouse,
        "sluice, one core": Command(suite.sluice(name + ".sql", "--jobs", "1"), cores={0}),
        "bound": bound, "bound, one core": one_core(bound),
    }, compare={"clickhouse": same_as_clickhouse, "bound": same.bytes_alone}, targets={**targets, **OF_THE_BOUND})


def rows(suite, name):
    """Programs that read every value of every row, at top level and detached (samples/programs/rows and
    rows-detached), beside the conversion of the same."""
    file = suite.path(name)
    suite.case(f"{name}, value by value", os.path.getsize(file), {
        "sluice": Command(suite.sluice(name)),
        "loop over rows": Command([suite.program("sample-rows"), file]),
        "loop over rows, detached": Command([suite.program("sample-rows-detached"), file]),
    }, targets={"of the conversion": 0.33, "of the conversion, detached": 0.33})


def long(suite, name):
    """The rows of a data set four times over: so long that a start weighs as little as it does in a backup. The
    file's name and bytes."""
    path = suite.path(f"{name}-long.csv")
    if not os.path.exists(path):
        again = '{ cat "$0"; for i in 2 3 4; do tail -n +2 "$0"; done; } > "$1"'
        subprocess.check_call(["sh", "-c", again, suite.path(name + ".csv"), path])
    return os.path.basename(path), os.path.getsize(path)


def two_cores(suite, name):
    """One process on two cores, beside one on one core, and beside two that share nothing but the machine: what it
    has to give."""
    file, size = long(suite, name)
    alone = suite.sluice(file, "--header", "--jobs", "1")
    both = 'taskset -c 0 "$@" & other=$!; taskset -c 1 "$@" && wait $other'
    suite.case(f"{file}, two cores, discarded", size, {
        "sluice": Command(suite.sluice(file, "--header")),
        "sluice, one core": Command(alone, cores={0}),
        "two processes": Command(["sh", "-c", both, "two", *alone]),
    }, targets={"sluice, one core": 1.7}, turns=3)


def write_block(dump, block):
    """The rows of the first COPY block of a dump."""
    with open(dump, "rb") as lines, open(block, "wb") as out:
        for line in lines:
            if line.startswith(b"COPY "):
                break
        for line in lines:
            if line == b"\\.\n":
                break
            out.write(line)


def structure_of(dump):
    """The CREATE TABLE of a dump."""
    with open(dump, errors="replace") as lines:
        text = lines.read(65536)
    begin = text.index("CREATE TABLE")
    return text[begin:text.index(";", begin) + 1] + "\n"
