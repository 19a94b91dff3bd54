/// What is kept of an event until its transaction commits: its header, and its body as it is.
struct LoggedChange {
    enum Kind: UInt8 { case rows, query, definition, statement }

    var kind: Kind
    /// The event's type.
    var event: UInt8 = 0
    var timestamp: UInt32
    var serverID: UInt32
    var position: Int
    /// Number of its log among the transaction's, and of its table.
    var file: Int
    var table = 0
    /// Of a definition or a statement: bytes of the database's name, which stand before its text.
    var databaseLength = 0
    /// Whether the flags of the event say that the statement ends with it.
    var endsStatement = false

    static let headLength = 48

    /// Writes all but the body.
    func write(_ length: Int, to out: UnsafeMutableRawPointer) {
        unsafe out.storeBytes(of: kind.rawValue, as: UInt8.self)
        unsafe out.storeBytes(of: event, toByteOffset: 1, as: UInt8.self)
        unsafe out.storeBytes(of: endsStatement ? 1 : 0, toByteOffset: 2, as: UInt8.self)
        unsafe out.storeBytes(of: timestamp, toByteOffset: 4, as: UInt32.self)
        unsafe out.storeBytes(of: serverID, toByteOffset: 8, as: UInt32.self)
        unsafe out.storeBytes(of: UInt32(truncatingIfNeeded: file), toByteOffset: 12, as: UInt32.self)
        unsafe out.storeBytes(of: position, toByteOffset: 16, as: Int.self)
        unsafe out.storeBytes(of: table, toByteOffset: 24, as: Int.self)
        unsafe out.storeBytes(of: databaseLength, toByteOffset: 32, as: Int.self)
        unsafe out.storeBytes(of: length, toByteOffset: 40, as: Int.self)
    }

    /// What `write` wrote, and the length of the body after it.
    static func read(_ bytes: UnsafeRawPointer) -> (change: LoggedChange, length: Int) {
        let kind = unsafe Kind(rawValue: bytes.load(as: UInt8.self)) ?? .query
        var change = unsafe LoggedChange(
            kind: kind, event: bytes.load(fromByteOffset: 1, as: UInt8.self),
            timestamp: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self),
            serverID: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self),
            position: bytes.loadUnaligned(fromByteOffset: 16, as: Int.self),
            file: Int(bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)),
            table: bytes.loadUnaligned(fromByteOffset: 24, as: Int.self),
            databaseLength: bytes.loadUnaligned(fromByteOffset: 32, as: Int.self))
        unsafe change.endsStatement = bytes.load(fromByteOffset: 2, as: UInt8.self) != 0
        return (change, unsafe bytes.loadUnaligned(fromByteOffset: 40, as: Int.self))
    }
}
