import BackupBytes

/// The events of a transaction, one after the other: in memory, and beyond a bound in a file without a name.
///
///     file   | event | event | ev…        memory   …ent | event |
///            0                     spilled                      count
@safe final class ChangeStore {
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    /// Bytes in memory, and in the file before them.
    private var used = 0
    private var spilled = 0
    private var file: NamelessFile?
    private let limit: Int
    private let folder: String
    /// For events that are read from the file.
    private var room: UnsafeMutableRawPointer?
    private var roomCapacity = 0

    private static let firstCapacity = 16 * 1024
    private static let longEvent = 1 << 20

    init(memoryLimit: Int, folder: String) {
        limit = memoryLimit
        self.folder = folder
        capacity = Self.firstCapacity
        unsafe memory = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        unsafe memory.deallocate()
        unsafe room?.deallocate()
    }

    /// Bytes of all events.
    var count: Int { spilled + used }

    func append(_ change: LoggedChange, _ body: EventBytes) throws {
        let length = LoggedChange.headLength + body.count
        if used > 0 && used + length > limit { try spill() }
        if length > limit { return try spill(change, body) }
        if used + length > capacity { grow(to: used + length) }
        unsafe change.write(body.count, to: memory + used)
        unsafe (memory + used + LoggedChange.headLength).copyMemory(from: body.next, byteCount: body.count)
        used += length
    }

    /// All events from this byte on are no more.
    func truncate(to count: Int) {
        if count >= spilled {
            used = count - spilled
        } else {
            (spilled, used) = (count, 0)
        }
    }

    /// An event, and the byte after it.
    struct Found {
        let change: LoggedChange
        /// It holds until the next call, or as long as its slab.
        let body: EventBytes
        let next: Int
        /// A long event that was spilled lies in a slab of its own.
        var slab: Slab?
    }

    /// The event at a byte; nil at the end.
    func change(at offset: Int) throws -> Found? {
        guard offset < count else { return nil }
        if offset >= spilled {
            let start = unsafe UnsafeRawPointer(memory + (offset - spilled))
            let (change, length) = unsafe LoggedChange.read(start)
            let body = unsafe EventBytes(
                (start + LoggedChange.headLength).assumingMemoryBound(to: UInt8.self), length)
            return Found(change: change, body: body, next: offset + LoggedChange.headLength + length)
        }
        try read(LoggedChange.headLength, at: offset)
        guard let head = unsafe room else { return nil }
        let (change, length) = unsafe LoggedChange.read(head), start = offset + LoggedChange.headLength
        if length > Self.longEvent {
            let slab = Slab(capacity: length)
            try unsafe file?.read(into: .init(start: slab.base, count: length), at: start)
            let body = unsafe EventBytes(UnsafePointer(slab.base.assumingMemoryBound(to: UInt8.self)), length)
            return Found(change: change, body: body, next: start + length, slab: slab)
        }
        try read(length, at: start)
        guard let body = unsafe room else { return nil }
        return unsafe Found(
            change: change, body: EventBytes(UnsafePointer(body.assumingMemoryBound(to: UInt8.self)), length),
            next: start + length)
    }

    private func read(_ length: Int, at offset: Int) throws {
        if length > roomCapacity || room == nil {
            unsafe room?.deallocate()
            roomCapacity = max(length, 64 * 1024)
            unsafe room = .allocate(byteCount: roomCapacity, alignment: 16)
        }
        try unsafe file?.read(into: .init(start: room, count: length), at: offset)
    }

    private func openFile() throws -> NamelessFile {
        let file = try self.file ?? NamelessFile(in: folder, for: "changes")
        self.file = file
        return file
    }

    private func spill() throws {
        let file = try openFile()
        try unsafe file.write(.init(start: memory, count: used), at: spilled)
        spilled += used
        used = 0
    }

    /// An event that is longer than what may be in memory. Nothing else is.
    private func spill(_ change: LoggedChange, _ body: EventBytes) throws {
        let file = try openFile()
        unsafe change.write(body.count, to: memory)
        try unsafe file.write(.init(start: memory, count: LoggedChange.headLength), at: spilled)
        try unsafe file.write(.init(start: body.next, count: body.count), at: spilled + LoggedChange.headLength)
        spilled += LoggedChange.headLength + body.count
    }

    private func grow(to wanted: Int) {
        capacity = max(wanted, min(capacity * 2, limit))
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        unsafe larger.copyMemory(from: memory, byteCount: used)
        unsafe memory.deallocate()
        unsafe memory = larger
    }
}
