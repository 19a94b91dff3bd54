"""Private database servers in a temporary folder, reached by Unix sockets only: what the MySQL family shares, a MariaDB, and a PostgreSQL."""

import glob
import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path


class ServerError(Exception):
    """A server or one of its clients refused; the message holds what it said."""


def run(command, stdin=b"", user=None):
    """What a program writes to its standard output; its own words as an error if it fails."""
    done = subprocess.run(command, input=stdin, capture_output=True, user=user, timeout=120)
    if done.returncode != 0:
        raise ServerError(f"{command[0]}: {done.stderr.decode(errors='replace').strip()[:2000]}")
    return done.stdout


def wait_until(answers, server, log):
    """Servers answer within a second or two; one that never does has left its reason in the log."""
    for _ in range(300):
        if server.poll() is not None:
            raise ServerError(f"the server ended at once:\n{log.read_text(errors='replace')[-2000:]}")
        if answers():
            return
        time.sleep(0.1)
    raise ServerError(f"the server did not answer within 30 s:\n{log.read_text(errors='replace')[-2000:]}")


class MySQLServer:
    """How a server of the MySQL family is started, ended and asked. A kind of it has `prepare`, which makes the data folder and gives the command that starts it."""

    NAME, CLIENT, ADMIN = "", "", ""
    # The settings of all of them, so that one script gives the same rows from each.
    SETTINGS = [
        "--skip-networking",
        "--secure-file-priv=",
        "--sql-mode=",
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_bin",
        "--default-time-zone=+08:00",
        "--max-allowed-packet=256M",
        "--innodb-buffer-pool-size=64M",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-doublewrite=0",
    ]

    def __init__(self, folder: Path):
        self.folder = folder / self.NAME
        self.socket = self.folder / "socket"
        self.connection = [f"--socket={self.socket}", "--user=root"]

    def program(self, name):
        """How one of its programs is called."""
        return [name]

    def __enter__(self):
        self.folder.mkdir()
        command = [*self.prepare(), f"--socket={self.socket}", f"--pid-file={self.folder}/pid", *self.SETTINGS]
        log = self.folder / "log"
        self.process = subprocess.Popen(command, stdout=log.open("wb"), stderr=subprocess.STDOUT)
        ping = [*self.program(self.ADMIN), "--no-defaults", *self.connection, "ping"]
        wait_until(lambda: subprocess.run(ping, capture_output=True).returncode == 0, self.process, log)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def client(self, name, *options, stdin=b""):
        """Runs one of its own programs: the client, the dump tool; and mydumper."""
        defaults = [] if name == "mydumper" else ["--no-defaults"]
        return run([*self.program(name), *defaults, *self.connection, *options], stdin=stdin)

    def execute(self, sql, database=None, force=False):
        """Runs a script and gives what it answered, in the client's --batch --raw form; with `force`, what this server does not know is passed over."""
        options = ["--default-character-set=utf8mb4", "--batch", "--raw", "--skip-column-names", *(["--force"] if force else [])]
        if database:
            options.append(f"--database={database}")
        script = sql if isinstance(sql, bytes) else sql.encode()
        try:
            return self.client(self.CLIENT, *options, stdin=script)
        except ServerError:
            if not force:
                raise
            return b""


class MariaDB(MySQLServer):
    """`with MariaDB(folder) as server:` is an empty server whose root needs no password."""

    NAME, CLIENT, ADMIN = "mariadb", "mariadb", "mariadb-admin"

    def prepare(self):
        account = pwd.getpwuid(os.geteuid()).pw_name
        data = [f"--datadir={self.folder}/data", f"--user={account}"]
        run(["mariadb-install-db", "--no-defaults", *data, "--auth-root-authentication-method=normal", "--skip-test-db"])
        return ["mariadbd", "--no-defaults", *data]


def postgres_programs():
    """The folder of the newest version's programs."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    return Path(found[-1] if found else os.path.dirname(shutil.which("postgres") or ""))


class PostgreSQL:
    """`with PostgreSQL(folder) as server:` is an empty UTF-8 cluster whose user postgres needs no password."""

    def __init__(self, folder: Path):
        self.folder = folder / "postgresql"
        self.connection = [f"--host={self.folder}", "--username=postgres"]
        self.account = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
        self.programs = postgres_programs()

    def __enter__(self):
        self.folder.mkdir()
        if self.account:
            shutil.chown(self.folder, self.account)
        data = self.folder / "data"
        run(
            [
                str(self.programs / "initdb"),
                "--pgdata",
                str(data),
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--auth=trust",
                "--no-sync",
            ],
            user=self.account,
        )
        log = self.folder / "log"
        log.touch()
        self.process = subprocess.Popen(
            [
                self.programs / "postgres",
                "-D",
                data,
                "-k",
                self.folder,
                "-c",
                "listen_addresses=",
                "-c",
                "fsync=off",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "timezone=Asia/Shanghai",
                "-c",
                "autovacuum=off",
            ],
            stdout=log.open("wb"),
            stderr=subprocess.STDOUT,
            user=self.account,
            cwd="/",
        )
        ready = [str(self.programs / "pg_isready"), *self.connection]
        wait_until(lambda: subprocess.run(ready, capture_output=True).returncode == 0, self.process, log)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def client(self, program, *options, stdin=b""):
        """Runs one of the server's own programs: psql, pg_dump, pg_dumpall."""
        return run([str(self.programs / program), *self.connection, *options], stdin=stdin)

    def execute(self, sql, database="postgres"):
        """Runs a script and gives what it answered: unaligned, tab between cells, no footer."""
        script = sql if isinstance(sql, bytes) else sql.encode()
        return self.client(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--no-align",
            "--tuples-only",
            "--field-separator=\t",
            "--pset=null=NULL",
            f"--dbname={database}",
            stdin=script,
        )
