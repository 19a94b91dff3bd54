"""`create` with each format and `run` of its task, against the stand-in. Needs SLUICE, the path of the command."""

import json
import os
import unittest

import session
import shop

FILES = os.path.join(session.HERE, "../../ParquetFiles")
STRUCTURE = ("shop/many/structure.sql", b"CREATE TABLE `many` (`n` bigint, `word` varchar(20));\n")
ROWS = [{"n": n, "word": f"w{n % 7}"} for n in range(60_000)]
LINES = "".join(f'{{"n":{row["n"]},"word":"{row["word"]}"}}\n' for row in ROWS)


def parquet():
    with open(os.path.join(FILES, "many.parquet"), "rb") as file:
        return [STRUCTURE, ("shop/many/data/many_0_part0.parquet", file.read())]


def objects():
    half = len(ROWS) // 2
    lines = "\n".join(json.dumps(row) for row in ROWS[:half])
    return [STRUCTURE, ("shop/many/data/many_0_part0.json", lines.encode()),
            ("shop/many/data/many_0_part1.json", json.dumps(ROWS[half:]).encode())]


class Formats(session.Session):
    def standin_arguments(self):
        with open(self.path("object"), "wb") as file:
            file.write(shop.CONTAINERS["tar.gz"](self.files()))
        return ["--object", self.path("object")]

    def files(self):
        return parquet() if "parquet" in self.id() else objects()

    def assert_lines(self, task, *where):
        self.run_sluice(0, "run", task, *where, "--output", "lake", "--every", "1s")
        with open(self.path("lake/shop/many/part-00000.ndjson"), encoding="utf-8") as file:
            self.assertEqual(LINES, file.read())
        self.assertTrue(os.path.exists(self.path("lake/_SUCCESS")))

    def test_parquet_of_a_backup_set(self):
        where = ["--instance", "rm-example"]
        task, _ = self.run_sluice(0, "create", *where, "--backup-set", "146005", "--format", "parquet")
        out, _ = self.run_sluice(0, "show", task, *where, "--json")
        self.assertEqual("parquet", json.loads(out)["format"])
        self.assert_lines(task, *where)

    def test_parquet_whose_connection_is_cut(self):
        task, _ = self.run_sluice(0, "create", "--instance", "rm-example", "--backup-set", "146005", "--format", "parquet")
        self.behave(cuts=[50_000], kill_links_after_cut=True)
        self.assert_lines(task, "--instance", "rm-example")

    def test_objects_of_the_classic_service(self):
        task, _ = self.run_sluice(0, "create", "--classic", "full", "--backup-set", "full1", "--format", "json")
        self.assert_lines(task)


if __name__ == "__main__":
    unittest.main()
