"""Runs what the article of binary logs says about MERGE, as it stands there.

    merge.py duckdb|spark ARTICLE FOLDER OUTPUT…

FOLDER holds `lake`, the full export; each OUTPUT, a folder of change events, is there as `changes` in its turn. After
each the table's rows are printed, a JSON array a line.
"""

import json
import os
import re
import sys
from pathlib import Path


def blocks(article):
    """The statements of each block of SQL: to begin with and for each output, of DuckDB and of Spark; Spark without MERGE."""
    found = [split(text) for text in re.findall(r"```sql\n(.*?)```", Path(article).read_text(), re.S)]
    if len(found) != 5:
        raise SystemExit(f"{article} has {len(found)} blocks of SQL, not 5")
    return found


def split(text):
    return [statement.strip() for statement in text.split(";\n") if statement.strip()]


def put(output):
    changes = Path("changes")
    changes.unlink(missing_ok=True)
    changes.symlink_to(output)


def duckdb(article, outputs):
    import duckdb

    begin, apply, *_ = blocks(article)
    connection = duckdb.connect()
    for statement in begin:
        connection.execute(statement)
    for output in outputs:
        put(output)
        for statement in apply:
            connection.execute(statement)
        answer = connection.sql(
            "SELECT id::VARCHAR, customer::VARCHAR, total::VARCHAR, strftime(placed, '%Y-%m-%d %H:%M:%S.%f'), note FROM orders ORDER BY id"
        )
        print(json.dumps(answer.fetchall()), flush=True)


def spark(article, outputs):
    """The tables are of Spark's own formats here, which have no MERGE: Spark reads that statement, and refuses only the table."""
    import logging

    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    *_, begin, apply, without_merge = blocks(article)
    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    refused = 0
    for statement in begin:
        session.sql(statement.replace("USING delta", "USING parquet"))
    for output in outputs:
        put(output)
        for statement in apply:
            if not statement.startswith("MERGE"):
                session.sql(statement)
                continue
            try:
                session.sql(statement)
            except PySparkException as error:
                if error.getCondition() != "UNSUPPORTED_FEATURE.TABLE_OPERATION":
                    raise
                refused += 1
            for other in [*without_merge, "DROP TABLE orders", "ALTER TABLE orders_next RENAME TO orders"]:
                session.sql(other)
        answer = session.sql(
            "SELECT CAST(id AS STRING), CAST(customer AS STRING), CAST(total AS STRING), "
            "date_format(placed, 'yyyy-MM-dd HH:mm:ss.SSSSSS'), note FROM orders ORDER BY orders.id"
        )
        print(json.dumps([tuple(row) for row in answer.collect()]), flush=True)
    if refused != len(outputs):
        raise SystemExit(f"Spark refused {refused} of {len(outputs)} MERGEs")


def main():
    engine, article, folder, *outputs = sys.argv[1:]
    article = Path(article).resolve()
    os.chdir(folder)
    {"duckdb": duckdb, "spark": spark}[engine](article, outputs)


if __name__ == "__main__":
    main()
