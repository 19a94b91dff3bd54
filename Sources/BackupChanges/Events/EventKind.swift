/// Types of events, by their numbers in MySQL (mysql/binlog/event/binlog_event.h) and MariaDB (log_event.h).
enum EventKind {
    static let startV3: UInt8 = 1, query: UInt8 = 2, stop: UInt8 = 3, rotate: UInt8 = 4, intVar: UInt8 = 5,
        load: UInt8 = 6, createFile: UInt8 = 8, appendBlock: UInt8 = 9, execLoad: UInt8 = 10, deleteFile: UInt8 = 11,
        newLoad: UInt8 = 12, rand: UInt8 = 13, userVar: UInt8 = 14, formatDescription: UInt8 = 15, xid: UInt8 = 16,
        beginLoadQuery: UInt8 = 17, executeLoadQuery: UInt8 = 18, tableMap: UInt8 = 19
    static let oldRows: ClosedRange<UInt8> = 20 ... 22
    static let writeRowsV1: UInt8 = 23, updateRowsV1: UInt8 = 24, deleteRowsV1: UInt8 = 25, incident: UInt8 = 26,
        heartbeat: UInt8 = 27, ignorable: UInt8 = 28, rowsQuery: UInt8 = 29, writeRows: UInt8 = 30,
        updateRows: UInt8 = 31, deleteRows: UInt8 = 32, gtid: UInt8 = 33, anonymousGTID: UInt8 = 34,
        previousGTIDs: UInt8 = 35, transactionContext: UInt8 = 36, viewChange: UInt8 = 37, xaPrepare: UInt8 = 38,
        partialUpdateRows: UInt8 = 39, transactionPayload: UInt8 = 40, heartbeatV2: UInt8 = 41, taggedGTID: UInt8 = 42
    // MariaDB's own.
    static let annotateRows: UInt8 = 160, binlogCheckpoint: UInt8 = 161, mariaGTID: UInt8 = 162,
        gtidList: UInt8 = 163, startEncryption: UInt8 = 164, compressedQuery: UInt8 = 165
    static let compressedRowsV1: ClosedRange<UInt8> = 166 ... 168
    static let compressedRows: ClosedRange<UInt8> = 169 ... 171

    /// Whether rows of a table are in it.
    static func hasRows(_ kind: UInt8) -> Bool {
        switch kind {
        case writeRowsV1 ... deleteRowsV1, writeRows ... deleteRows, partialUpdateRows: true
        default: compressedRowsV1.contains(kind) || compressedRows.contains(kind)
        }
    }
}

/// What an event does to a row.
enum RowChange: UInt8 {
    case create, update, delete

    /// nil: the event has no rows.
    init?(_ kind: UInt8) {
        switch kind {
        case EventKind.writeRowsV1, EventKind.writeRows, 166, 169: self = .create
        case EventKind.updateRowsV1, EventKind.updateRows, EventKind.partialUpdateRows, 167, 170: self = .update
        case EventKind.deleteRowsV1, EventKind.deleteRows, 168, 171: self = .delete
        default: return nil
        }
    }
}
