"""Oracle's mysqldump --tab: a structure and a text file for each table."""

from functools import partial

from answers import MYSQL_BINARY, base_type
from expect import typed_mysql
from form import Case, add
from mariadb_files import TAB_FORMS
from oracle_dumps import DATABASES


def can_be_read_back(table):
    """In the character set of the file, bytes that are none of its characters come as question marks."""
    return not any(base_type(column) in (*MYSQL_BINARY, "bit") for column in table.columns)


def tab(world, folder, form, database, charset=None, names=None):
    options, arguments = TAB_FORMS[form]
    if charset:
        options = [*options, f"--default-character-set={charset}"]
    tables = [table for table in world.oracle_tables(database) if can_be_read_back(table)]
    tables = [table for table in tables if names is None or table.name in names]
    source = folder / "tab"
    source.mkdir()
    source.chmod(0o777)
    world.oracle.client("mysqldump", f"--tab={source}", *options, database, *(table.name for table in tables))
    expected = typed_mysql(tables, database_is_known=False)  # generated columns and all
    return Case(source, expected, arguments=("--format", "csv", "--dialect", "mysql", *arguments) if form != "plain" else ())


for short in ("types", "random", "mysql9", "quoting"):
    for form in ("plain", "comma", "bars", "crlf"):
        add(f"oracle/tab/{form}/{short}", partial(tab, form=form, database=DATABASES[short]))
for charset in ("latin1", "gbk", "sjis", "gb18030"):
    case = partial(tab, form="plain", database="truth_mysql9", names=[f"all_{charset}"])
    add(f"oracle/tab/charset-{charset}", partial(case, charset=charset))
    add(f"oracle/tab/charset-binary/{charset}", partial(case, charset="binary"))
