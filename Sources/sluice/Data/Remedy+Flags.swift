import BackupExports

extension Remedy.Setting {
    /// What the command calls it.
    var flag: String { Self.flags[self] ?? rawValue }

    static let flags: [Remedy.Setting: String] = [
        .tables: "--table", .excludedTables: "--exclude", .format: "--format", .dialect: "--dialect",
        .encoding: "--encoding", .duplicates: "--duplicates", .unknownStatements: "--unknown-statements",
        .statements: "--statements", .after: "--after", .structures: "--structure",
        .spillFolder: "--spool-dir", .inspection: "`sluice inspect`",
        .delimiter: "--delimiter", .quote: "--quote", .escape: "--escape", .null: "--null", .header: "--no-header",
        .columns: "--columns", .lineEnd: "--line-end",
        .types: "--types", .invalidUTF8: "--invalid-utf8",
        .recordLimit: "--record-limit", .columnLimit: "--column-limit", .structureLimit: "--structure-limit",
        .tableLimit: "--table-limit", .entryLimit: "--entry-limit", .pathLimit: "--path-limit",
        .layerLimit: "--layer-limit", .expansionLimit: "--expansion-limit", .windowLimit: "--window-limit",
        .pageLimit: "--page-limit",
        .spillLimit: "--spool-limit",
        .rejects: "--rejects FILE", .rejectLimit: "--max-rejects", .jobs: "--jobs", .output: "--output DIR",
        .tagKey: "--tag KEY", .partSize: "--part-size", .commitsTables: "--commit table",
        .commitsAtEnd: "--commit end", .replacesOutput: "--overwrite", .resumesOutput: "--resume",
    ]
}
