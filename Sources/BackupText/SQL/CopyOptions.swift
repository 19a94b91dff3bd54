import BackupRows

/// How the lines of a COPY … FROM stdin are to be read.
struct CopyOptions: Codable {
    var dialect = CSVDialect.copyText
    /// The charset of the lines, where it is not that of the session.
    var encoding: String?
    /// Columns in which the quoted text of NULL is NULL, too.
    var forcedNull = ForcedColumns.named([])
    /// Columns in which the text of NULL is text.
    var forcedNotNull = ForcedColumns.named([])

    var forcesNulls: Bool { !forcedNull.isEmpty || !forcedNotNull.isEmpty }
}

enum ForcedColumns: Codable {
    case all
    case named([String])

    var isEmpty: Bool { if case .named(let names) = self { names.isEmpty } else { false } }

    func contains(_ name: String) -> Bool {
        switch self {
        case .all: true
        case .named(let names): names.contains { $0.utf8.elementsEqual(name.utf8) }
        }
    }
}
