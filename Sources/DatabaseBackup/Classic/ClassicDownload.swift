/// What to download from classic DBS (2019-03-06).
public enum ClassicDownload: Sendable, Hashable {
    /// A full backup set, by the `BackupSetId` of the plan's full backups.
    case full(backupSet: String, format: ClassicFormat = .csv)
    /// An incremental set: the `job` and the `name` (`mysql-bin.000054`) of the plan's incremental backups.
    case incremental(job: String, name: String, format: ClassicFormat = .native)
}

/// The formats of classic DBS.
public enum ClassicFormat: String, Sendable, CaseIterable {
    /// The engine's own: for MySQL's incremental sets a binary log file.
    case native = "Native"
    case sql = "SQL"
    case csv = "CSV"
    case json = "JSON"
}
