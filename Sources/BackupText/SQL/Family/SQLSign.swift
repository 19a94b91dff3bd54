import BackupRows

/// Who may have written a file of SQL. Only the first two are read.
package enum SQLProduct: String, Sendable, CaseIterable {
    case mysql = "MySQL"
    case postgresql = "PostgreSQL"
    case sqlite = "SQLite"
    case sqlServer = "SQL Server"
    case oracle = "Oracle Database"

    package var family: SQLDialect.Family? {
        switch self {
        case .mysql: .mysql
        case .postgresql: .postgresql
        case .sqlite, .sqlServer, .oracle: nil
        }
    }

    package init(_ family: SQLDialect.Family) { self = family == .mysql ? .mysql : .postgresql }
}

/// A piece of evidence for the product that wrote a file of SQL.
package struct SQLSign: Sendable, Equatable {
    package enum Weight: Int, Sendable {
        /// One product's habit that others accept, too.
        case typical
        /// The other products refuse it.
        case exclusive
        /// The name of the tool, in the comment at the head.
        case banner
    }

    package var product: SQLProduct
    package var weight: Weight
    package var text: String
    /// Of the text's bytes.
    package var offset: Int
    /// Counted from 1.
    package var line: Int

    package init(_ product: SQLProduct, _ weight: Weight, _ text: String, offset: Int, line: Int = 0) {
        self.product = product
        self.weight = weight
        self.text = text
        self.offset = offset
        self.line = line
    }

    /// “LOCK TABLES” at byte 812, line 30.
    package var description: String { "“\(text)” at byte \(offset), line \(line)" }
}

/// What MySQL and PostgreSQL would read as different values, or cut into different statements.
package struct SQLDifference: Sendable, Equatable {
    package var what: String
    package var offset: Int
    /// Counted from 1; 0: not counted.
    package var line = 0

    package init(what: String, offset: Int) {
        self.what = what
        self.offset = offset
    }

    /// a backslash in a string (line 3)
    package var description: String { line > 0 ? "\(what) (line \(line))" : what }
}
