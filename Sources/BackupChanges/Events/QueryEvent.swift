import BackupRows

/// A statement as a QUERY event has it.
struct QueryEvent {
    var thread: Int
    /// The session's default database.
    var database: String
    var text: String

    /// `body`: of QUERY, of MariaDB's compressed QUERY where `isCompressed`, or of EXECUTE_LOAD_QUERY with `extra`
    /// bytes after the fixed part.
    init(_ body: EventBytes, isCompressed: Bool = false, extra: Int = 0, inflater: Inflater) throws(ChangeError) {
        var rest = body
        thread = try rest.int(4)
        try rest.skip(4)
        let databaseLength = Int(try rest.byte())
        try rest.skip(2)
        let variables = try rest.int(2)
        try rest.skip(extra)
        let charset = try Self.charset(try rest.take(variables))
        database = try rest.text(databaseLength)
        try rest.skip(1)
        let bytes = isCompressed ? try inflater.inflate(&rest).array : rest.array
        if let charset, !charset.isUTF8, let decoded = try? charset.decode(bytes) {
            text = String(decoding: decoded, as: UTF8.self)
        } else {
            text = String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The thread of a QUERY event that is `BEGIN`, as most are; nil: it is another one.
    static func threadOfBegin(_ body: EventBytes) throws(ChangeError) -> Int? {
        var rest = body
        let thread = try rest.int(4)
        try rest.skip(4)
        let databaseLength = Int(try rest.byte())
        try rest.skip(2)
        try rest.skip(try rest.int(2))
        try rest.skip(databaseLength)
        try rest.skip(1)
        return rest.isEqual(begin) ? thread : nil
    }

    private static let begin = Array("BEGIN".utf8)

    /// The client's charset, from the status variables before it; nil: they do not say it.
    private static func charset(_ variables: EventBytes) throws(ChangeError) -> Charset? {
        var rest = variables
        while !rest.isEmpty {
            switch try rest.byte() {
            case 0, 3: try rest.skip(4)
            case 1, 9: try rest.skip(8)
            case 2: try rest.skip(Int(try rest.byte()) + 1)
            case 5, 6: try rest.skip(Int(try rest.byte()))
            case 7, 8: try rest.skip(2)
            case 4:
                let collation = try rest.int(2)
                return Collations.charset(of: collation).flatMap { Charset(named: $0, family: .mysql) }
            default: return nil
            }
        }
        return nil
    }
}
