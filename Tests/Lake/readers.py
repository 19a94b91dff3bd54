"""The lake's readers, each as its users call it: a folder of NDJSON and not one option."""

import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "Truth"))
from values import parse  # noqa: E402


class Refused(Exception):
    """The reader does not load this folder; its own words."""


@dataclass
class Loaded:
    """What a reader has made of a folder: a type and a value for each column of each row."""

    types: dict[str, str]
    rows: list[dict]


class DuckDB:
    name = "DuckDB"
    call = "FROM read_json_auto('…/*.ndjson')"

    def __init__(self):
        import duckdb

        self.version = duckdb.__version__
        self.connection = duckdb.connect()

    def load(self, folder):
        try:
            found = self.connection.sql(f"SELECT * FROM read_json_auto('{folder}/*.ndjson')")
            kinds = dict(zip(found.columns, found.types))
            rows = found.fetchall()
        except Exception as error:
            raise Refused(str(error)) from error
        types = {name: str(kind) for name, kind in kinds.items()}
        rows = [{name: self.parsed(kinds[name], value) for name, value in zip(kinds, row)} for row in rows]
        if types.get("json", "").startswith("MAP(") and len(types) == 1:  # over 200 columns alike: a row is a map
            rows = [row["json"] for row in rows]
            types = dict.fromkeys((key for row in rows for key in row), types["json"])
        return Loaded(types, rows)

    def parsed(self, kind, value):
        """Its own JSON type comes as text, wherever it stands."""
        if value is None or "JSON" not in str(kind):
            return value
        if str(kind) == "JSON":
            return parse(value)
        children = dict(kind.children)
        if isinstance(value, list):
            return [self.parsed(children["child"], one) for one in value]
        return {key: self.parsed(children.get(key, children.get("value")), one) for key, one in value.items()}


class Polars:
    name = "Polars"
    call = "polars.scan_ndjson('…/*.ndjson')"

    def __init__(self):
        import polars

        self.polars = polars
        self.version = polars.__version__

    def load(self, folder):
        try:
            frame = self.polars.scan_ndjson(f"{folder}/*.ndjson").collect()
            return Loaded({name: str(kind) for name, kind in frame.schema.items()}, frame.rows(named=True))
        except (Exception, self.polars.exceptions.PanicException) as error:
            raise Refused(str(error)) from error


class ClickHouse:
    """Its answer is fetched as JSON, with all digits of wide integers."""

    name = "ClickHouse"
    call = "SELECT * FROM file('…/*.ndjson', JSONEachRow)"
    answer = "SETTINGS max_threads = 1, output_format_json_quote_64bit_integers = 0, output_format_json_quote_denormals = 1"

    def __init__(self):
        import chdb

        self.chdb = chdb
        self.version = str(chdb.query("SELECT version()", "TabSeparated")).strip()

    def load(self, folder):
        query = f"SELECT * FROM file('{folder}/*.ndjson', JSONEachRow) {self.answer}"
        try:
            names, types, *rows = str(self.chdb.query(query, "JSONCompactEachRowWithNamesAndTypes")).splitlines()
        except Exception as error:
            raise Refused(str(error)) from error
        names = json.loads(names)
        return Loaded(dict(zip(names, json.loads(types))), [dict(zip(names, parse(row))) for row in rows])


class Spark:
    name = "Spark"
    call = "spark.read.json('…')"

    def __init__(self):
        import pyspark
        from pyspark.sql import SparkSession

        logging.getLogger("py4j").setLevel(logging.CRITICAL)
        self.version = pyspark.__version__
        self.session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")

    def load(self, folder):
        try:
            frame = self.session.read.json(str(folder))
            types = {field.name: field.dataType.simpleString() for field in frame.schema.fields}
            return Loaded(types, [dict(zip(types, row)) for row in frame.collect()])
        except Exception as error:
            raise Refused(str(error)) from error


READERS = {"duckdb": DuckDB, "polars": Polars, "chdb": ClickHouse, "pyspark": Spark}
