"""Output other than a folder of plain files: standard output with a tag on every line, compressed files."""

from functools import partial

import mysql_trees
from form import Case, add
from mysql_tree import Style


def small_tree(world, folder, **changes):
    case = mysql_trees.tree(world, folder, Style(), "truth_random", "export.tar.gz", mysql_trees.CONTAINERS["tar.gz"])
    return Case(case.input, case.expected, **changes)


for method in ("gzip", "zstd"):
    add(f"output/compress-{method}", partial(small_tree, arguments=("--compress", method)))
add("output/part-size", partial(small_tree, arguments=("--part-size", "4096")))
add("output/one-job", partial(small_tree, arguments=("--jobs", "1")))
add("output/tagged-stream", partial(small_tree, tag="from table"))
add("output/tagged-stream-piped", partial(small_tree, tag="_t", from_pipe=True))
