import BackupBytes
import BackupRows

/// Rows of many tables, as they lie in the log, that are gathered in one slab: a batch for each table. Where lines of
/// all tables go into one stream, a batch ends where the table changes.
///
///     slab      rows of orders | rows of items | rows of orders
///     pieces    shop.orders: the first, the third        shop.items: the second
final class ChangeBatches {
    private var setup: ReaderSetup
    private let writers: ChangeWriters
    private let keepsOrder: Bool
    private let definitions: RowLayout
    private let pool = SlabPool(limit: 8)
    private var memory = Memory.none
    private var texts: [UInt8] = []
    private var open: [OpenBatch] = []
    private var numbers: [ObjectIdentifier: Int] = [:]
    private var last: Int?
    private var rowCount = 0
    /// What the lines of all rows will have, about.
    private var lineBytes = 0
    private var isSlabFull = false
    /// How often rows were handed over.
    private var flushes = 0
    /// Rows of each table in this log so far.
    private var rowsBefore: [TableName: Int] = [:]
    /// Values of the database's own columns that are left out, by table.
    var hidden: [TableName: [String: Int]] = [:]

    /// Bytes of lines, and rows, that are enough for a batch.
    private static let usualLineBytes = Slab.usualCapacity - 32 * 1024
    private static let usualRows = 4096

    private enum Memory {
        case none
        /// Rows are copied into it.
        case own(Slab)
        /// An event lies in it whole, and its rows stay where they are.
        case event(RowSlab)
    }

    private struct OpenBatch {
        var layout: RowLayout
        var tables: [ChangedTable] = []
        var pieces: [ChangePiece] = []
        var rows = 0
    }

    init(_ setup: ReaderSetup, definitions: RowLayout, writers: ChangeWriters) {
        (self.setup, self.definitions, self.writers) = (setup, definitions, writers)
        keepsOrder = setup.lines.tagKey != nil
    }

    /// Rows of another log come next.
    func beginLog(_ origin: String) {
        rowsBefore = [:]
        setup.origin = origin
    }

    var isEmpty: Bool { rowCount == 0 }
    var isFull: Bool { isSlabFull || lineBytes >= Self.usualLineBytes || rowCount >= Self.usualRows }
    var isHalfFull: Bool { lineBytes >= Self.usualLineBytes / 2 || rowCount >= Self.usualRows / 2 }

    // MARK: Memory

    /// The event whose rows come next lies in this slab. Nothing is gathered.
    func begin(_ slab: Slab) { memory = .event(RowSlab(slab, offset: 0, isShared: true, pool: pool)) }

    /// Whether the event whose rows were added last lies in a slab of its own.
    var hasEventSlab: Bool { if case .event = memory { true } else { false } }

    /// The event in a slab of its own is over. Nothing is gathered.
    func endEventSlab() { memory = .none }

    /// So many bytes can be added to the slab; the first row of a batch always can.
    private var room: Int {
        switch memory {
        case .none: pool.capacity
        case .own(let slab): slab.capacity - slab.end
        case .event: .max
        }
    }

    /// Where the rows lie in the slab now.
    private func put(rows: EventBytes) -> Range<Int> {
        let slab: Slab
        switch memory {
        case .event(let event):
            let start = unsafe rows.next - event.base
            return start ..< start + rows.count
        case .own(let known): slab = known
        case .none:
            slab = pool.take(atLeast: rows.count)
            memory = .own(slab)
        }
        let start = slab.end
        unsafe (slab.base + start).copyMemory(from: rows.next, byteCount: rows.count)
        slab.end += rows.count
        return start ..< slab.end
    }

    private func put(text: EventBytes) -> Range<Int> {
        let start = texts.count
        unsafe texts.append(contentsOf: text.buffer)
        return start ..< texts.count
    }

    private func put(text: String) -> Range<Int> {
        let start = texts.count
        texts.append(contentsOf: text.utf8)
        return start ..< texts.count
    }

    private func put(text: [UInt8]) -> Range<Int> {
        let start = texts.count
        texts += text
        return start ..< texts.count
    }

    // MARK: Rows

    /// Adds rows from the front of the event's until a batch is full or none are left.
    /// - Throws: what is wrong with the row that is at the front then.
    func add(
        _ event: inout RowsEvent, of table: ChangedTable, _ change: LoggedChange, _ delivery: Delivery
    ) throws(ChangeError) {
        let images = RowImages(event, table), room = room, all = event.rows.count
        let lineLength = table.lineBytes * (event.change == .update ? 2 : 1) + (delivery.query?.count ?? 0)
        var left = event.rows, count = 0, failure: ChangeError?
        do throws(ChangeError) {
            while !left.isEmpty, lineBytes < Self.usualLineBytes, rowCount + count < Self.usualRows {  // hot loop
                var next = left
                try images.skip(&next)
                guard next.count < left.count else { throw .damaged("its rows have bytes, and no columns") }
                if all - next.count > room && rowCount + count > 0 {
                    isSlabFull = true
                    break
                }
                lineBytes += lineLength + left.count - next.count
                left = next
                count += 1
            }
        } catch {
            failure = error
        }
        if count > 0 { add(count, all - left.count, from: event, of: table, change, delivery) }
        event.rows = left
        delivery.row += count
        if let failure { throw failure }
    }

    /// Adds the row at the front of the event's, which its bytes do not hold: its worker says what is wrong with it.
    /// Nothing is gathered.
    func add(unreadable event: RowsEvent, of table: ChangedTable, _ change: LoggedChange, _ delivery: Delivery) {
        add(1, event.rows.count, from: event, of: table, change, delivery)
    }

    private func add(
        _ rows: Int, _ bytes: Int, from event: RowsEvent, of table: ChangedTable, _ change: LoggedChange,
        _ delivery: Delivery
    ) {
        var piece = ChangePiece(change, thread: delivery.transaction.thread)
        putSource(&piece, change, delivery)
        (piece.change, piece.mayBePartial) = (event.change, event.mayBePartial)
        (piece.firstRow, piece.rowCount) = (delivery.row, rows)
        piece.before = put(text: event.before)
        piece.after = event.change == .update ? put(text: event.after) : piece.before
        piece.rows = put(rows: unsafe EventBytes(event.rows.next, bytes))
        let index = batch(of: table.layout)
        if open[index].tables.last !== table { open[index].tables.append(table) }
        piece.table = open[index].tables.count - 1
        open[index].pieces.append(piece)
        open[index].rows += rows
        rowCount += rows
        for name in table.hidden { hidden[table.map.name, default: [:]][name, default: 0] += rows }
    }

    /// Adds a statement that changes tables.
    func add(definition text: EventBytes, database: String, _ change: LoggedChange, _ delivery: Delivery) {
        var piece = ChangePiece(change, thread: delivery.transaction.thread)
        putSource(&piece, change, delivery)
        piece.definition = put(text: text)
        if !database.isEmpty { piece.database = put(text: database) }
        let index = batch(of: definitions)
        open[index].pieces.append(piece)
        open[index].rows += 1
        rowCount += 1
        lineBytes += 256 + text.count
    }

    /// Where the rows come from, which those of a transaction have in common.
    private func putSource(_ piece: inout ChangePiece, _ change: LoggedChange, _ delivery: Delivery) {
        if delivery.texts.flush != flushes { delivery.texts = .init(flush: flushes) }
        if delivery.texts.file?.number != change.file {
            delivery.texts.file = (change.file, put(text: delivery.transaction.files[change.file]))
        }
        if delivery.texts.gtid == nil { delivery.texts.gtid = delivery.transaction.gtid.map { put(text: $0) } }
        if delivery.texts.query == nil { delivery.texts.query = delivery.query.map { put(text: $0) } }
        piece.file = delivery.texts.file?.text ?? 0 ..< 0
        (piece.gtid, piece.query) = (delivery.texts.gtid, delivery.texts.query)
    }

    private func batch(of layout: RowLayout) -> Int {
        let index: Int
        if let last, open[last].layout === layout {
            index = last
        } else if !keepsOrder, let number = numbers[ObjectIdentifier(layout)] {
            index = number
        } else {
            index = open.count
            open.append(OpenBatch(layout: layout))
            numbers[ObjectIdentifier(layout)] = index
        }
        last = index
        return index
    }

    // MARK: Batches

    /// All rows so far, as batches.
    func flush() -> [ChangeRows] {
        guard rowCount > 0 else { return [] }
        let slab: RowSlab
        switch memory {
        case .event(let event): slab = event
        case .own(let own): slab = RowSlab(own, offset: 0, isShared: true, pool: pool)
        case .none: slab = RowSlab(pool.take(), offset: 0, isShared: true, pool: pool)
        }
        if !hasEventSlab { memory = .none }
        let batches = open.map { batch in
            let first = rowsBefore[batch.layout.table, default: 0]
            rowsBefore[batch.layout.table] = first + batch.rows
            return ChangeRows(
                batch.layout, batch.pieces, of: batch.tables, rows: batch.rows, first: first + 1, slab: slab,
                texts: texts, writers: writers, setup: setup)
        }
        (open, numbers, last, texts) = ([], [:], nil, [])
        (rowCount, lineBytes, isSlabFull) = (0, 0, false)
        flushes += 1
        return batches
    }
}
