"""What is converted: the samples, and dumps of the truth schemas where their servers are installed."""

import shutil
from pathlib import Path

import form
import mariadb_dumps  # noqa: F401  (each module adds its forms)
import postgres_trees  # noqa: F401
from form import Case
from world import World

ROOT = Path(__file__).parent.parent.parent
TRUTH_FORMS = [
    *(f"mariadb/dump/default/{schema}" for schema in ("types", "texts", "names", "random")),
    *(f"postgres-tree/copy/{schema}" for schema in ("types", "names", "random")),
]


def samples():
    for export in sorted((ROOT / "samples" / "exports").iterdir()):
        yield f"samples/{export.name}", Case(export, [])


def truth(stack):
    """Nothing where a server is missing."""
    if not (shutil.which("mariadbd") and shutil.which("postgres") and shutil.which("mariadb-dump")):
        return
    world = stack.enter_context(World("1", 60))
    for name in TRUTH_FORMS:
        folder = world.folder / name.replace("/", "-")
        folder.mkdir()
        folder.chmod(0o777)  # the servers write files into it
        yield name, form.FORMS[name](world, folder)
