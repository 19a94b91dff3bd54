import BackupBytes
import CISAL
import Foundation

/// Inflates gzip (RFC 1952) with ISA-L: several members one after another, zero padding after the last; CRC-32 and
/// length of each member are verified. A stream that ends early is an error, never a short one.
@safe package final class GzipSource: InflatingSource {
    private let source: any ByteSource
    private let input = Slab()
    private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    private var consumed = 0
    private var isInputAtEnd = false
    private var phase = Phase.betweenMembers
    private var members = 0
    private var inflated = 0
    private let keepsResumePoints: Bool
    package let resumePoints: InflatingResumePoints

    /// So many inflated bytes lie between two points, and so many of the last points are kept: more than anyone reads
    /// ahead.
    package static let resumePointDistance = 4 << 20
    private static let resumePointLimit = 8
    private let resumePointDistance: Int

    private enum Phase { case betweenMembers, inMember, done }

    /// `keepsResumePoints`: another process may have to resume in the middle, at points so far apart.
    package init(
        _ source: any ByteSource, keepsResumePoints: Bool = false,
        resumePointDistance: Int = GzipSource.resumePointDistance
    ) {
        self.source = source
        self.resumePointDistance = resumePointDistance
        self.keepsResumePoints = keepsResumePoints
        resumePoints = InflatingResumePoints()
        unsafe state.initialize(to: inflate_state())
    }

    /// Resumes at a point of an earlier one. `source` stands `point.packed` bytes after the stream's beginning.
    package init(_ source: any ByteSource, at point: GzipResumePoint) throws {
        self.source = source
        resumePointDistance = Self.resumePointDistance
        keepsResumePoints = true
        resumePoints = InflatingResumePoints([.gzip(point)])
        guard point.packed >= 0, point.inflated >= 0, point.members >= 0 else { throw RecordDamaged() }
        unsafe state.initialize(to: inflate_state())
        if point.isInMember {
            guard unsafe point.state.count == MemoryLayout<inflate_state>.size else { throw RecordDamaged() }
            _ = unsafe point.state.withUnsafeBytes { unsafe memcpy(state, $0.baseAddress!, $0.count) }
            guard unsafe InflateStateRules.allow(state) else { throw RecordDamaged() }
        }
        consumed = point.packed
        inflated = point.inflated
        members = point.members
        phase = point.isInMember ? .inMember : .betweenMembers
    }

    /// Where all input is used up, the inflater's own state (it holds its history) is all that another needs.
    private func noteResumePoint() {
        guard keepsResumePoints, phase != .done else { return }
        if unsafe phase == .inMember && !InflateStateRules.canBeSaved(state) { return }
        if let last = resumePoints.last, inflated - last.inflated < resumePointDistance { return }
        let point = unsafe GzipResumePoint(
            packed: consumed, inflated: inflated, members: members, isInMember: phase == .inMember,
            state: Data(bytes: state, count: MemoryLayout<inflate_state>.size))
        resumePoints.add(.gzip(point), keeping: Self.resumePointLimit)
    }

    // MARK: Members inflated by others

    /// Offsets of the compressed and of the inflated bytes, and members before them.
    struct Position {
        var packed = 0, inflated = 0, members = 0
    }

    /// Where a member has ended and the next one has not begun; nil elsewhere.
    var betweenMembers: Position? {
        phase == .betweenMembers && members > 0
            ? Position(packed: offset, inflated: inflated, members: members) : nil
    }

    /// What has been read of the source and not been used.
    func giveBack() -> [UInt8] {
        defer { (consumed, input.start, input.end) = (offset, 0, 0) }
        return unsafe Array(input.bytes)
    }

    /// Resumes where others have come to, between two members.
    func resume(at position: Position) {
        (consumed, inflated, members) = (position.packed, position.inflated, position.members)
        (input.start, input.end, isInputAtEnd) = (0, 0, false)
    }

    /// Others have come to it.
    func noteResumePoint(at position: Position) {
        resume(at: position)
        noteResumePoint()
    }

    deinit { unsafe state.deallocate() }

    package var length: Int? { nil }
    package var canceller: (any ReadCanceller)? { source.canceller }

    /// Offset in the compressed stream.
    private var offset: Int { consumed + input.start }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            switch phase {
            case .done: return 0
            case .betweenMembers: try beginMember()
            case .inMember:
                let count = try unsafe inflate(into: buffer)
                if count > 0 { return count }
            }
        }
    }

    private func beginMember() throws {
        if input.count == 0 { try refill() }
        if members > 0 { try skipPadding() }
        if input.count == 0 {
            if members == 0 { throw ArchiveFault.truncated(format: "gzip", offset: offset) }
            phase = .done
            return
        }
        guard unsafe input.bytes[0] == 0x1F else {
            throw ArchiveFault.damaged(
                format: "gzip",
                why: "something that is not gzip follows member \(members) (half a download with another appended?)",
                offset: offset)
        }
        try checkFlags()
        unsafe isal_inflate_init(state)
        unsafe state.pointee.crc_flag = UInt32(ISAL_GZIP)
        phase = .inMember
    }

    /// RFC 1952, 2.3.1.2: a reader must refuse the flags that nobody has defined, for what they mean follows the
    /// header.
    private func checkFlags() throws {
        while input.count < 4 && !isInputAtEnd {
            // Not `refill`: what is at hand is not used up.
            consumed += input.start
            unsafe input.base.copyMemory(from: input.base + input.start, byteCount: input.count)
            (input.start, input.end) = (0, input.count)
            let count = try unsafe source.read(into: input.room)
            input.end += count
            isInputAtEnd = count == 0
        }
        guard input.count >= 4, unsafe input.bytes[3] & 0xE0 != 0 else { return }
        throw ArchiveFault.damaged(
            format: "gzip", why: "its header has flags that gzip does not define", offset: offset + 3)
    }

    private func skipPadding() throws {
        while unsafe input.count > 0 && input.bytes[0] == 0 {
            input.start += 1
            if input.count == 0 { try refill() }
        }
    }

    private func inflate(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if input.count == 0 { try refill() }
        let available = input.count
        unsafe state.pointee.next_in = unsafe (input.base + input.start).assumingMemoryBound(to: UInt8.self)
        unsafe state.pointee.avail_in = UInt32(available)
        unsafe state.pointee.next_out = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let room = UInt32(clamping: buffer.count)
        unsafe state.pointee.avail_out = room
        let result = unsafe isal_inflate(state)
        // Where a distance is impossible, ISA-L may have gone some bytes past the input.
        let left = unsafe Int(Int32(bitPattern: state.pointee.avail_in))
        input.start += available - max(0, left)
        let written = unsafe Int(room - state.pointee.avail_out)
        inflated += written
        guard result == ISAL_DECOMP_OK || result == ISAL_END_INPUT else {
            throw ArchiveFault.damaged(format: "gzip", why: Self.explain(result), offset: offset)
        }
        if unsafe state.pointee.block_state == ISAL_BLOCK_FINISH {
            members += 1
            phase = .betweenMembers
        } else if written == 0 && isInputAtEnd && input.count == 0 {
            throw ArchiveFault.truncated(format: "gzip", offset: offset)
        }
        return written
    }

    private func refill() throws {
        guard !isInputAtEnd else { return }
        consumed += input.end
        input.reset()
        noteResumePoint()
        input.end = try unsafe source.read(into: input.room)
        isInputAtEnd = input.end == 0
    }

    private static func explain(_ result: Int32) -> String {
        switch result {
        case ISAL_INCORRECT_CHECKSUM: "the CRC-32 or length does not match"
        case ISAL_INVALID_WRAPPER: "not a gzip header"
        case ISAL_UNSUPPORTED_METHOD: "a compression method that gzip does not have"
        default: "impossible compressed data"
        }
    }
}

/// Where another inflater can resume a gzip stream: the compressed bytes before it are used up.
package struct GzipResumePoint: Codable, Sendable {
    /// Compressed bytes before it.
    package var packed: Int
    /// Bytes they have become.
    package var inflated: Int
    fileprivate var members: Int
    fileprivate var isInMember: Bool
    /// ISA-L's inflate_state as it lies in memory: of this machine's kind, and of one version.
    fileprivate var state: Data
}
