"""CSV of odd spellings that the servers load themselves (LOAD DATA, COPY … FROM): what they made of each field is what must come out."""

from functools import partial

from answers import quote_mariadb
from expect import typed_mysql, typed_postgres
from form import Case, add, written

MYSQL_TABLE = "CREATE TABLE `t` (`id` int, `v` longtext, `w` varchar(90)) DEFAULT CHARSET=utf8mb4"
POSTGRES_TABLE = "CREATE TABLE public.t (id integer, v text, w text)"

# Fields that mean something else by escape character, enclosing and dialect. None has text after a closing quote (an error in Sluice).
MYSQL_FIELDS = (
    "\\N", '"\\N"', "NULL", '"NULL"', "null", "N", '"N"', "#N", '"#N"', "##N", '"##N"', "\\\\N", '"\\\\N"', '"\\Nx"', "x\\N", "\\NULL",
    "N\\ULL", "#NULL", "NULLx", '""', "", " ", '" "', ' "a"', 'a"b"c', 'a""b', '"a""b"', 'x"', "\\t", '"\\t\\n\\r\\0\\Z\\b"', "#t", '"#t#n#0"',
    "\\%\\_", '"\\%\\_"', "a\\'b", '"a\\"b"', '"a#"b"', 'a\\"b', "é😀", '"é😀"', "'a'", '"a,b"', '"a\nb"', '"a\r\nb"', '"a\rb"', "a\rb", "\\\nb", "#\nb",
)  # fmt: skip
# The clause of LOAD DATA, what is said to Sluice, and bytes that the clause makes a text of their own.
LOADS = {
    "default": (r"""FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '\\'""", [], ("#\n", '"a#"b"')),
    "escaped-by-hash": (
        """FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '#'""",
        ["--escape", "#"],
        ("\\\n", '"a\\"b"'),
    ),
    "not-escaped": (
        """FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY ''""",
        ["--escape", "none"],
        ("\\\n", "#\n", '"a\\"b"', '"a#"b"'),
    ),
    "not-enclosed": (r"""FIELDS TERMINATED BY ',' ESCAPED BY '\\'""", ["--quote", "none"], ("#\n", "a\n", "a\r\n", '"a,b"')),
    "not-enclosed-escaped-by-hash": (
        """FIELDS TERMINATED BY ',' ESCAPED BY '#'""",
        ["--quote", "none", "--escape", "#"],
        ("\\\n", "a\n", "a\r\n", '"a,b"'),
    ),
}


def mysql_rows(fields, line_end):
    rows = [f"{number},{field},{field}" for number, field in enumerate(fields)]
    return "".join(row + line_end for row in rows).encode()


def load(world, folder, form, server, line_end="\n", said=()):
    clause, arguments, unreadable = LOADS[form]
    fields = [field for field in MYSQL_FIELDS if not any(field.startswith(text) or f"{text}b" in field for text in unreadable)]
    if line_end == "\r\n" and not said:
        fields = [field for field in fields if "\n" not in field or '"' in field]  # what the head of the file must not hold by chance
    data = mysql_rows(fields, line_end)
    database = f"loaded_{form}_{len(line_end)}{len(said)}".replace("-", "_")
    source = folder / "tree"
    table = source / database / "t"
    (table / "data").mkdir(parents=True)
    written(table / "structure.sql", f"{MYSQL_TABLE};\n".encode())
    file = written(table / "data" / "1.csv", data)
    for path in (folder, source, source / database, table, table / "data"):
        path.chmod(0o755)
    file.chmod(0o644)
    terminator = line_end.replace("\r", "\\r").replace("\n", "\\n")
    server_of_form = getattr(world, server)
    server_of_form.execute(
        f"CREATE DATABASE {quote_mariadb(database)}; USE {quote_mariadb(database)}; {MYSQL_TABLE}; "
        f"LOAD DATA INFILE '{file}' INTO TABLE t CHARACTER SET utf8mb4 {clause} LINES TERMINATED BY '{terminator}'"
    )
    tables = getattr(world, f"{server}_tables")(database)
    return Case(source, typed_mysql(tables), arguments=(*arguments, *said))


POSTGRES_FIELDS = (
    'a"b"c', '"a"b', 'a"b"', 'a"b,c"d', '""', "", '"a""b"', 'a""b', 'a""', '""a', '""""', 'a"b\nc"d', '"a" "b"', ' "a" ', 'a"b""c"d', '"a"b"c"',
    'a"""b"""', '"\\N"', "\\N", "NULL", '"NULL"', 'N"UL"L', '"a\r\nb"', "é😀", "\\a", '"\\a"', "'a'", '"a;b"', "N", '"N"', 'N""',
)  # fmt: skip
COPIES = {
    "default": ("", []),
    "null-word": (", NULL 'N'", ["--null", "N"]),
    "single-quote": (", QUOTE ''''", ["--quote", "'"]),
}


def copy(world, folder, form):
    options, arguments = COPIES[form]
    fields = POSTGRES_FIELDS
    if form == "single-quote":  # the quotes that were are text now
        fields = [field for field in (one.replace("'", "\0").replace('"', "'").replace("\0", '"') for one in fields)]
    data = "".join(f"{number},{field},{field}\n" for number, field in enumerate(fields)).encode()
    database = f"copied_{form}".replace("-", "_")
    source = folder / "tree"
    table = source / database / "public" / "t"
    (table / "data").mkdir(parents=True)
    written(table / "column_structure.sql", f"{POSTGRES_TABLE};\n".encode())
    file = written(folder / "t.csv", data)
    written(table / "data" / "1.csv", data)
    folder.chmod(0o755)
    file.chmod(0o644)
    world.postgres.execute(f"CREATE DATABASE {database}")
    world.postgres.execute(f"{POSTGRES_TABLE}; COPY public.t FROM '{file}' WITH (FORMAT csv{options})", database)
    return Case(source, typed_postgres(world.postgres_tables(database)), arguments=tuple(arguments))


for server in ("mariadb", "oracle"):
    for form in LOADS:
        add(f"{server}/load-data/{form}", partial(load, form=form, server=server))
        crlf = partial(load, form=form, server=server, line_end="\r\n")
        add(f"{server}/load-data/{form}/crlf", partial(crlf, said=("--line-end", "crlf")))
        add(f"{server}/load-data/{form}/crlf-by-itself", crlf)
for form in COPIES:
    add(f"postgres/copy-from/{form}", partial(copy, form=form))
