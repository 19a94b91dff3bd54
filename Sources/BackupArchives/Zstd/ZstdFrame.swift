import BackupBytes

/// A frame between two of its blocks: all that decoding the next ones depends on. Another libzstd is brought into this
/// state by a frame header of our own and a dictionary (RFC 8878, 5), which holds just this:
///
///     magic 37 A4 30 EC | id | tree, tables | three offsets | window
struct ZstdFrame: Codable, Sendable {
    let header: ZstdFrameHeader
    /// Bytes the blocks so far have become.
    private(set) var inflated = 0
    private var checksum: XXHash64?
    /// nil: something was met that we cannot read.
    private var tables: ZstdTables? = ZstdTables()
    private var offsets = RepeatOffsets.atFrameStart
    private var window: ZstdWindow?

    init(_ header: ZstdFrameHeader) {
        self.header = header
        if header.hasChecksum { checksum = XXHash64() }
    }

    /// The tables of a compressed block. `followsOffsets`: the repeated offsets are to be known after it.
    mutating func take(block: Span<UInt8>, followsOffsets: Bool) throws(ZstdTables.Fault) {
        guard var tables else { return }
        do {
            let sequences = try tables.take(block)
            self.tables = tables
            if followsOffsets {
                offsets.follow(sequences, of: block, tables)
            } else if sequences.count > 0 {
                offsets = .unknown
            }
        } catch .unreadable {
            self.tables = nil
        } catch { throw error }
    }

    /// What came out of a block. `windowIn`: a resume point is near, and where a window's file may be made.
    mutating func take(output: UnsafeRawBufferPointer, windowIn folder: String?) {
        inflated += output.count
        unsafe checksum?.update(output)
        guard let folder else { return }
        let window = window ?? ZstdWindow(size: header.windowSize, folder: folder)
        unsafe window.append(output)
        self.window = window
    }

    /// This state for another process; nil where not all of it is known, or no dictionary can say it.
    mutating func resumableState() -> ZstdFrame? {
        guard let tables, tables.fitDictionary, let offsets = offsets.all, let window,
            window.count == min(inflated, header.windowSize),
            offsets.allSatisfy({ $0 > 0 && $0 <= window.count })
        else { return nil }
        defer { self.window = nil }
        return self
    }

    /// The state, with a window of its own to come.
    var withoutWindow: ZstdFrame {
        var frame = self
        frame.window = nil
        return frame
    }

    /// Whether it can have been saved here, and is not made up.
    var isPossible: Bool {
        inflated >= 0 && (checksum != nil) == header.hasChecksum
            && (0 ... ZstdWindow.limit).contains(header.windowSize)
    }

    func dictionary() throws -> [UInt8] {
        guard let tables, let offsets = offsets.all, let window else { throw RecordDamaged() }
        let id: [UInt8] = [1, 0, 0, 0]
        let offsetBytes = offsets.flatMap { offset in (0 ..< 4).map { UInt8(truncatingIfNeeded: offset >> (8 * $0)) } }
        return try window.bytes(after: [0x37, 0xA4, 0x30, 0xEC] + id + tables.dictionaryBytes + offsetBytes)
    }

    /// Why a frame cannot end here; nil: it can. `stated`: the checksum after its last block.
    func faultAtEnd(stated: UInt32?) -> String? {
        if let size = header.contentSize, size != inflated { return "a frame says \(size) bytes, and has \(inflated)" }
        if let checksum, UInt32(truncatingIfNeeded: checksum.digest) != stated { return "the checksum does not match" }
        return nil
    }
}
