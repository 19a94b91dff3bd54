"""Oracle MySQL in many files: mysqldump --tab, and mydumper, which writes its JSON as CONVERT("…" USING UTF8MB4)."""

from functools import partial

import packing
from answers import MYSQL_BINARY, base_type
from expect import typed_mysql
from form import Case, add, written
from mariadb_files import TAB_FORMS, WIDE, entries_of
from oracle_dumps import DATABASES
from servers import run


def can_be_read_back(table, charset):
    """Without a character set each column comes in its own, and those of wide characters have line ends that nobody escapes; in
    one that was asked for, bytes that are none of its characters come as question marks."""
    if charset in (None, "binary"):
        return not any(column.charset in WIDE or base_type(column) == "bit" for column in table.columns)
    return not any(base_type(column) in (*MYSQL_BINARY, "bit") for column in table.columns)


def tab(world, folder, form, database, charset=None, names=None):
    options, arguments = TAB_FORMS[form]
    if charset:
        options = [*options, f"--default-character-set={charset}"]
    tables = [table for table in world.oracle_tables(database) if can_be_read_back(table, charset)]
    tables = [table for table in tables if names is None or table.name in names]
    source = folder / "tab"
    source.mkdir()
    source.chmod(0o777)
    world.oracle.client("mysqldump", f"--tab={source}", *options, database, *(table.name for table in tables))
    expected = typed_mysql(tables, database_is_known=False)  # generated columns and all
    return Case(source, expected, arguments=("--format", "csv", "--dialect", "mysql", *arguments) if form != "plain" else ())


def is_left_out_by_mydumper(column):
    return column.generated or column.invisible or column.by_expression


def mydumper(world, folder, database, options, pack):
    """It leaves generated columns out, invisible ones, and those whose default is an expression, which it takes for generated."""
    source = folder / "export"
    around = ["--triggers", "--routines", "--events", "--verbose=0", "--no-locks"]
    run(["mydumper", *world.oracle.connection, f"--outputdir={source}", f"--database={database}", *around, *options])
    tables = [table.without(is_left_out_by_mydumper) for table in world.oracle_tables(database)]
    packed = written(folder / "export.tar.gz", packing.gz(packing.tar(entries_of(source)))) if pack else source
    return Case(packed, typed_mysql(tables))


for short in ("types", "texts", "random", "mysql9", "quoting"):
    form = partial(mydumper, database=DATABASES[short])
    add(f"oracle/mydumper/default/{short}", partial(form, options=[], pack=False))
    add(f"oracle/mydumper/packed/{short}", partial(form, options=["--rows=3"], pack=True))
    add(f"oracle/mydumper/complete/{short}", partial(form, options=["--complete-insert", "--compress"], pack=False))
for short in ("types", "texts", "random", "mysql9", "quoting"):
    for form in ("plain", "comma", "bars", "crlf"):
        add(f"oracle/tab/{form}/{short}", partial(tab, form=form, database=DATABASES[short]))
for charset in ("latin1", "gbk", "sjis", "gb18030"):
    case = partial(tab, form="plain", database="truth_mysql9", names=[f"all_{charset}"])
    add(f"oracle/tab/charset-{charset}", partial(case, charset=charset))
    add(f"oracle/tab/charset-binary/{charset}", partial(case, charset="binary"))
