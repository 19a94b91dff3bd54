import BackupRows

/// What a file of SQL says of the names in it, before it is read: databases and the tables of its first rows.
package struct SQLNames {
    /// CREATE DATABASE, USE, `\\connect`: the last of them.
    package private(set) var database: String?
    /// The database in the name of the first INSERT or COPY.
    package private(set) var databaseOfRows: String?
    package private(set) var declaresTable = false

    /// Reads as far as the first row.
    package init(_ text: UnsafeRawBufferPointer, family: SQLDialect.Family) {
        var lexer = unsafe SQLLexer(text, isWhole: true, dialect: SQLDialect(family: family))
        while true {
            var parser = SQLStatementParser(lexer, context: CreateTable.Context())
            guard (try? lexer.skipSpace()) != nil, lexer.position < text.count, let statement = try? parser.parse()
            else { return }
            guard parser.lexer.position > lexer.position else { return }
            switch statement {
            case .createDatabase(let name), .use(let name): database = name
            case .connect(let name, _): database = name ?? database
            case .createTable, .unreadableTable: declaresTable = true
            case .insert(let name, _), .insertDefaults(let name), .insertExpression(let name), .copy(let name, _, _):
                databaseOfRows = name.database
                return
            default: break
            }
            lexer.position = parser.lexer.position
        }
    }
}
