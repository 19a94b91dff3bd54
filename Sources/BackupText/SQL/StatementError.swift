import BackupRows

/// A statement that ends the reading of a file.
package struct StatementError: Error, Equatable {
    package enum Reason: Equatable, Sendable {
        /// No statement that is known.
        case unknown
        /// Unknown text, and a quote in it hides where it ends.
        case unclearEnd
        /// It belongs to the other family, as `sign` shows.
        case otherDialect(SQLDialect.Family, sign: String)
        /// Another statement begins before its end.
        case notEnded
        /// SET names a charset that is not known.
        case unknownCharset(String)
        /// SET of what matters to rows, by an expression that only a server could work out.
        case unknownValue(of: String)
        /// COPY with an option that changes rows and is not supported.
        case copyOption(String)
        /// It changes rows that have been read; what it does.
        case changesRows(String)
    }

    package var reason: Reason
    package var table: TableName?
    /// In the text of the entry.
    package var offset: Int
    /// Counted from 1; nil far inside a long file.
    package var line: Int?
    /// The statement's first bytes.
    package var text: String

    /// Why the reading ends.
    package var why: String {
        let place = line.map { " in line \($0)" } ?? ""
        return switch reason {
        case .unknown: "the statement\(place) is not known: \(text)"
        case .unclearEnd: "the statement\(place) is not known, and a quote in it hides where it ends: \(text)"
        case .otherDialect(let family, let sign):
            "\(sign)\(place) is \(family == .mysql ? "MySQL’s" : "PostgreSQL’s"), and the file is read as "
                + "\(family == .mysql ? "PostgreSQL’s" : "MySQL’s"): \(text)"
        case .notEnded: "the statement\(place) has no end before the next one begins: \(text)"
        case .unknownCharset(let name): "the charset “\(name)”\(place) is not known: \(text)"
        case .unknownValue(let name): "the value of \(name)\(place) can be worked out by a server only: \(text)"
        case .copyOption(let name): "COPY with \(name)\(place) is not supported: \(text)"
        case .changesRows(let what): "\(what)\(place), after rows of the table: \(text)"
        }
    }

    /// The setting that may help, or what to do.
    package var remedy: Remedy {
        switch reason {
        case .unknown, .unknownValue: "see \(.unknownStatements, "skip")"
        case .unclearEnd, .notEnded: "correct the file there"
        case .otherDialect(let family, _): "see \(.dialect, family.rawValue)"
        case .unknownCharset: "see \(.encoding)"
        case .copyOption: "load it into a server, and export it from there"
        case .changesRows: "load it into a server, and export it from there"
        }
    }
}
