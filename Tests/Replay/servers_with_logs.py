"""Servers that write binary logs, and the settings under which they write them."""

import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "Truth"))
import answers  # noqa: E402
import oracle_mysql  # noqa: E402
from servers import MariaDB  # noqa: E402

# MariaDB logs no JSON differences, no compressed transactions and no NOBLOB of its own; Oracle compresses no rows.
MARIADB_SETTINGS = {
    "full": "binlog_row_metadata=FULL",
    "nolog": "binlog_row_metadata=NO_LOG",
    "minimal": "binlog_row_metadata=MINIMAL, binlog_row_image=MINIMAL, binlog_checksum=NONE",
    "noblob": "binlog_row_metadata=FULL, binlog_row_image=NOBLOB",
    "compressed": "binlog_row_metadata=MINIMAL, log_bin_compress=ON, log_bin_compress_min_len=10",
    "annotated": "binlog_row_metadata=NO_LOG, binlog_annotate_row_events=OFF, log_bin_compress=ON, binlog_checksum=NONE",
}
MARIADB_DEFAULTS = (
    "binlog_row_metadata=NO_LOG, binlog_row_image=FULL, binlog_checksum=CRC32, log_bin_compress=OFF, binlog_annotate_row_events=ON"
)
ORACLE_SETTINGS = {
    "full": "binlog_row_metadata=FULL, binlog_rows_query_log_events=ON",
    "structure": "binlog_row_metadata=MINIMAL, binlog_checksum=NONE",
    "minimal": "binlog_row_metadata=MINIMAL, binlog_row_image=MINIMAL",
    "noblob": "binlog_row_metadata=FULL, binlog_row_image=NOBLOB",
    "compressed": "binlog_row_metadata=MINIMAL, binlog_transaction_compression=ON, binlog_rows_query_log_events=ON",
    "partial": "binlog_row_metadata=FULL, binlog_row_value_options=PARTIAL_JSON, binlog_transaction_compression=ON",
    "differences": "binlog_row_metadata=MINIMAL, binlog_row_value_options=PARTIAL_JSON",
}
ORACLE_DEFAULTS = (
    "binlog_row_metadata=MINIMAL, binlog_row_image=FULL, binlog_checksum=CRC32, binlog_transaction_compression=OFF, "
    "binlog_row_value_options='', binlog_rows_query_log_events=OFF"
)


@dataclass(frozen=True)
class Position:
    """A byte of a log, in the order of the logs."""

    file: str
    byte: int

    def precedes(self, other):
        return (self.file, self.byte) < (other.file, other.byte)


class Logging:
    """What both servers have in common."""

    SETTINGS_OF_LOGS: dict[str, str]
    DEFAULTS: str
    STATUS = ""
    DUMP = ""
    POSITION = ""

    def log_options(self):
        return [f"--log-bin={self.folder}/mysql-bin", "--server-id=7", "--binlog-format=ROW", "--local-infile=ON"]

    def begin(self, name):
        """The settings of this name, and a new log."""
        for settings in (self.DEFAULTS, self.SETTINGS_OF_LOGS[name]):
            self.execute("SET GLOBAL " + settings.replace(", ", ", GLOBAL ") + ";")
        self.execute("FLUSH BINARY LOGS")

    def position(self):
        file, byte = self.execute(self.STATUS).decode().split("\t")[:2]
        return Position(file, int(byte))

    def logs_since(self, file):
        names = [line.split("\t")[0] for line in self.execute("SHOW BINARY LOGS").decode().splitlines()]
        return [self.folder / name for name in names if name >= file]

    def dump(self, *databases):
        """A full export, and the position in the logs at which it was made."""
        sql = self.client(
            self.DUMP, "--single-transaction", self.POSITION, "--hex-blob", "--triggers", "--routines", "--databases", *databases
        )
        words = next(line for line in sql.decode(errors="replace").splitlines() if "LOG_FILE=" in line)
        file, byte = words.split("'")[1], words.split("LOG_POS=")[1].rstrip(";")
        return sql, Position(file, int(byte))

    def tables(self, database):
        return list(answers.mariadb_tables(self, database, columns_of=type(self).columns_of))

    def columns_of(self, database, table):
        """The columns of a table, as Tests/Truth asks for them."""
        raise NotImplementedError


class LoggingMariaDB(Logging, MariaDB):
    SETTINGS_OF_LOGS, DEFAULTS = MARIADB_SETTINGS, MARIADB_DEFAULTS
    STATUS, DUMP, POSITION = "SHOW MASTER STATUS", "mariadb-dump", "--master-data=2"

    def prepare(self):
        return [*super().prepare(), *self.log_options()]

    def columns_of(self, database, table):
        return answers.mariadb_columns(self, database, table)


class LoggingMySQL(Logging, oracle_mysql.OracleMySQL):
    SETTINGS_OF_LOGS, DEFAULTS = ORACLE_SETTINGS, ORACLE_DEFAULTS
    STATUS, DUMP, POSITION = "SHOW BINARY LOG STATUS", "mysqldump", "--source-data=2"

    def prepare(self):
        return [word for word in super().prepare() if word != "--skip-log-bin"] + self.log_options()

    def columns_of(self, database, table):
        return oracle_mysql.columns(self, database, table)

    def begin(self, name):
        """GTIDs come with the second half of the settings."""
        if name == "compressed" and self.execute("SELECT @@gtid_mode").strip() == b"OFF":
            self.execute(
                "SET GLOBAL enforce_gtid_consistency=ON; SET GLOBAL gtid_mode=OFF_PERMISSIVE; "
                "SET GLOBAL gtid_mode=ON_PERMISSIVE; SET GLOBAL gtid_mode=ON"
            )
        super().begin(name)
