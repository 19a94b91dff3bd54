"""A private Oracle MySQL 9, unpacked from Debian's unstable suite by a script beside the project; nothing is installed."""

import shutil
import subprocess
from pathlib import Path

from answers import Column, cells
from servers import MySQLServer, run

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT.parent / "shared" / "tools" / "oracle-mysql.sh"
PROGRAMS = ROOT / ".build-oracle" / "mysql"
LIBRARIES = "usr/lib/x86_64-linux-gnu"


def why_not():
    """Why there is no such server here; None where there is one, unpacked the first time it is asked for."""
    if (PROGRAMS / "usr/sbin/mysqld").exists():
        return None
    if not SCRIPT.exists():
        return f"no {SCRIPT}"
    if not shutil.which("mmdebstrap"):
        return "mmdebstrap is not installed"
    PROGRAMS.parent.mkdir(exist_ok=True)
    done = subprocess.run(["sh", SCRIPT, PROGRAMS], capture_output=True, text=True)
    if done.returncode != 0:
        shutil.rmtree(PROGRAMS, ignore_errors=True)
        return f"{SCRIPT.name}: {' '.join(done.stderr.split())[-300:]}"
    return None


def program(name):
    """How one of its programs is started: through its own loader, so that this machine's libraries do not matter."""
    libraries = PROGRAMS / LIBRARIES
    folder = "sbin" if name == "mysqld" else "bin"
    loader = PROGRAMS / "usr/lib64/ld-linux-x86-64.so.2"
    return [str(loader), "--library-path", f"{libraries}:{libraries}/mysql/private", str(PROGRAMS / "usr" / folder / name)]


class OracleMySQL(MySQLServer):
    """`with OracleMySQL(folder) as server:` is an empty server whose root needs no password."""

    NAME, CLIENT, ADMIN = "oracle", "mysql", "mysqladmin"

    def prepare(self):
        mysqld = [*program("mysqld"), "--no-defaults", f"--datadir={self.folder}/data", "--user=root"]
        mysqld.append(f"--lc-messages-dir={PROGRAMS}/usr/share/mysql")
        run([*mysqld, "--initialize-insecure", "--innodb-flush-log-at-trx-commit=0"])
        return [*mysqld, f"--plugin-dir={PROGRAMS}/usr/lib/mysql/plugin", "--mysqlx=OFF", "--skip-log-bin"]

    def program(self, name):
        return program(name)


def columns(server, database, table):
    answer = server.execute(
        "SELECT HEX(COLUMN_NAME), HEX(COLUMN_TYPE), HEX(EXTRA), HEX(GENERATION_EXPRESSION), "
        "HEX(IFNULL(CHARACTER_SET_NAME, '')) FROM information_schema.COLUMNS "
        f"WHERE HEX(TABLE_SCHEMA) = '{database.encode().hex()}' AND HEX(TABLE_NAME) = '{table.encode().hex()}' "
        "ORDER BY ORDINAL_POSITION"
    )
    for row in cells(answer):
        name, declared, extra, expression, charset = [cell.decode() for cell in row]
        yield Column(name, declared, bool(expression), "INVISIBLE" in extra, "DEFAULT_GENERATED" in extra, charset or None)
