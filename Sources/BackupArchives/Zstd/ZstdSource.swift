import BackupBytes
import CZstd

/// Inflates Zstandard (RFC 8878), frame after frame; each frame's checksum is verified where it has one. A stream that
/// ends early is an error, never a short one.
///
/// libzstd's state cannot be saved. Where resume points are to be kept, it is given one block after another, and what
/// its state is made of is seen on the way (`ZstdFrame`). A frame that is not of the usual kind it gets as it is, and
/// no resume point lies in it.
@safe package final class ZstdSource: InflatingSource {
    private let source: any ByteSource
    private let input = Slab()
    private let context = unsafe ZSTD_createDStream()
    private var consumed = 0
    private var isInputAtEnd = false
    private var phase = Phase.betweenFrames
    private var frames = 0
    private var inflated = 0
    private var frame: ZstdFrame?
    /// Where the window of a resume point may lie; nil: none are kept.
    private let resumeFolder: String?
    private var nextResumePoint: Int
    private let windowLimit: Int
    package let resumePoints: InflatingResumePoints

    /// Between two points lie so many inflated bytes or so many windows, whichever is more: each costs a window's copy
    /// and a block decoded once more. Of the last two, the older goes when the next one's window is begun, which is
    /// farther on than anyone reads ahead.
    package static let resumePointDistance = 16 << 20
    private static let windowsApart = 8, largestBlock = 128 << 10

    /// In a whole frame, libzstd sees to everything. In a block: bytes of it that libzstd has not been given.
    private enum Phase { case betweenFrames, inWholeFrame, betweenBlocks, inBlock(left: Int, isLast: Bool), done }

    /// `resumeFolder`: another process may have to resume in the middle, after `firstResumePoint` inflated bytes; in
    /// this folder lies what that needs. `windowLimit`: `UnpackingLimits.window`.
    package init(
        _ source: any ByteSource, resumeFolder: String? = nil, firstResumePoint: Int = ZstdSource.resumePointDistance,
        windowLimit: Int = UnpackingLimits().window
    ) {
        self.source = source
        self.resumeFolder = resumeFolder
        self.windowLimit = windowLimit
        nextResumePoint = firstResumePoint
        resumePoints = InflatingResumePoints(
            resumeFolder == nil ? [] : [.zstd(ZstdResumePoint(packed: 0, inflated: 0, frames: 0, frame: nil))])
        limitWindow()
    }

    /// Resumes at a point of an earlier one. `source` stands `point.packed` bytes after the stream's beginning.
    package init(
        _ source: any ByteSource, at point: ZstdResumePoint, resumeFolder: String,
        windowLimit: Int = UnpackingLimits().window
    ) throws {
        guard point.packed >= 0, point.inflated >= 0, point.frames >= 0, point.frame?.isPossible ?? true else {
            throw RecordDamaged()
        }
        if let frame = point.frame, frame.header.windowSize > windowLimit {
            throw ArchiveFault.overLimit(.window, windowLimit)
        }
        self.source = source
        self.resumeFolder = resumeFolder
        resumePoints = InflatingResumePoints([.zstd(point)])
        consumed = point.packed
        inflated = point.inflated
        frames = point.frames
        self.windowLimit = windowLimit
        nextResumePoint = point.inflated + Self.distance(in: point.frame)
        limitWindow()
        guard let frame = point.frame else { return }
        let dictionary = try frame.dictionary()
        guard unsafe ZSTD_isError(ZSTD_DCtx_loadDictionary(context, dictionary, dictionary.count)) == 0 else {
            throw RecordDamaged()
        }
        try begin(frame.withoutWindow, with: frame.header.forTheRest)
    }

    deinit { unsafe ZSTD_freeDStream(context) }

    /// libzstd knows powers of two, and none above 2^31.
    private func limitWindow() {
        let log = (10 ..< 31).first { 1 << $0 >= windowLimit } ?? 31
        unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Int32(log))
    }

    package var length: Int? { nil }
    package var canceller: (any ReadCanceller)? { source.canceller }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            var count = 0
            switch phase {
            case .done: return 0
            case .betweenFrames: try beginFrame()
            case .inWholeFrame: count = try unsafe inflateWhole(into: buffer)
            case .betweenBlocks: try beginBlock()
            case .inBlock(let left, let isLast): count = try unsafe inflateBlock(left, isLast, into: buffer)
            }
            if count > 0 { return count }
        }
    }

    private func beginFrame() throws {
        _ = try fill(ZstdFrameHeader.longest)
        if input.count == 0 {
            if frames == 0 { throw ArchiveFault.truncated(format: "zstd", offset: offset) }
            phase = .done
            return
        }
        let bytes = unsafe Span<UInt8>(_unsafeBytes: input.bytes)
        let header = ZstdFrameHeader(bytes)
        if let header, header.windowSize > windowLimit { throw ArchiveFault.overLimit(.window, windowLimit) }
        guard resumeFolder != nil, let header, header.windowSize <= ZstdWindow.limit else {
            phase = .inWholeFrame
            return
        }
        // The checksum is ours to verify: libzstd cannot do so for a part of a frame.
        try begin(ZstdFrame(header), with: ZstdFrameHeader.withoutChecksum(bytes.extracting(first: header.length)))
        input.start += header.length
    }

    private func begin(_ frame: ZstdFrame, with header: [UInt8]) throws {
        _ = try unsafe header.withUnsafeBytes { unsafe try decompress($0, into: .init(start: nil, count: 0)) }
        self.frame = frame
        phase = .betweenBlocks
    }

    private func inflateWhole(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        _ = try fill(1)
        let step = try unsafe decompress(input.bytes, into: buffer)
        input.start += step.taken
        if step.isFrameEnd {
            frames += 1
            phase = .betweenFrames
        } else if step.written == 0 && isInputAtEnd && input.count == 0 {
            throw ArchiveFault.truncated(format: "zstd", offset: offset)
        }
        return step.written
    }

    private func beginBlock() throws {
        try fillWhole(3)
        let head = unsafe Int(input.bytes[0]) | Int(input.bytes[1]) << 8 | Int(input.bytes[2]) << 16
        // 3.1.1.2: raw (0), one byte that is repeated (1), compressed (2), reserved (3).
        let type = head >> 1 & 3, size = 3 + (type == 1 ? 1 : head >> 3)
        guard type < 3, type < 2 || size > 3, size <= 3 + Self.largestBlock else {
            throw damaged("an impossible block")
        }
        try fillWhole(size)
        if type == 2 {
            let block = unsafe Span<UInt8>(_unsafeBytes: input.bytes).extracting(3 ..< size)
            do { try frame?.take(block: block, followsOffsets: inflated + Self.largestBlock >= nextResumePoint) } catch
            {
                throw damaged("a block repeats a table of which there is none")
            }
        }
        phase = .inBlock(left: size, isLast: head & 1 == 1)
    }

    private func inflateBlock(_ left: Int, _ isLast: Bool, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let step = try unsafe decompress(.init(rebasing: input.bytes.prefix(left)), into: buffer)
        input.start += step.taken
        if step.written > 0 {
            let isNearResumePoint = inflated + (frame?.header.windowSize ?? 0) > nextResumePoint
            if isNearResumePoint { resumePoints.keepLast(1) }
            unsafe frame?.take(
                output: .init(rebasing: UnsafeRawBufferPointer(buffer).prefix(step.written)),
                windowIn: isNearResumePoint ? resumeFolder : nil)
        }
        // Room that is left over says that nothing is left in libzstd.
        if step.taken < left || step.written == buffer.count {
            phase = .inBlock(left: left - step.taken, isLast: isLast)
        } else if isLast {
            try endFrame()
        } else {
            phase = .betweenBlocks
            noteResumePoint()
        }
        return step.written
    }

    private func endFrame() throws {
        guard let frame else { return }
        var stated: UInt32?
        if frame.header.hasChecksum {
            try fillWhole(4)
            stated = unsafe UInt32(littleEndian: input.bytes.loadUnaligned(as: UInt32.self))
            input.start += 4
        }
        if let fault = frame.faultAtEnd(stated: stated) { throw damaged(fault) }
        // Of the frame that was resumed; the next one has none.
        unsafe ZSTD_DCtx_loadDictionary(context, nil, 0)
        self.frame = nil
        frames += 1
        phase = .betweenFrames
        noteResumePoint()
    }

    private func noteResumePoint() {
        guard resumeFolder != nil, inflated >= nextResumePoint else { return }
        let state = frame?.resumableState()
        if frame != nil && state == nil { return }
        let point = ZstdResumePoint(packed: offset, inflated: inflated, frames: frames, frame: state)
        resumePoints.add(.zstd(point), keeping: 2)
        nextResumePoint = inflated + Self.distance(in: state)
    }

    private static func distance(in frame: ZstdFrame?) -> Int {
        max(resumePointDistance, windowsApart * (frame?.header.windowSize ?? 0))
    }

    // MARK: Bytes

    /// Offset in the compressed stream.
    private var offset: Int { consumed + input.start }

    private func damaged(_ why: String) -> ArchiveFault { .damaged(format: "zstd", why: why, offset: offset) }

    private func decompress(
        _ piece: UnsafeRawBufferPointer, into buffer: UnsafeMutableRawBufferPointer
    ) throws -> (taken: Int, written: Int, isFrameEnd: Bool) {
        var piece = unsafe ZSTD_inBuffer(src: piece.baseAddress, size: piece.count, pos: 0)
        var out = unsafe ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        let hint = unsafe ZSTD_decompressStream(context, &out, &piece)
        if ZSTD_getErrorCode(hint) == ZSTD_error_frameParameter_windowTooLarge {
            throw ArchiveFault.overLimit(.window, windowLimit)
        }
        if ZSTD_isError(hint) != 0 { throw unsafe damaged(String(cString: ZSTD_getErrorName(hint))) }
        unsafe inflated += out.pos
        return unsafe (piece.pos, out.pos, hint == 0)
    }

    private func fillWhole(_ count: Int) throws {
        guard try fill(count) else { throw ArchiveFault.truncated(format: "zstd", offset: consumed + input.end) }
    }

    /// Brings so many bytes into the slab, one after another; false: the stream ends before.
    private func fill(_ count: Int) throws -> Bool {
        while input.count < count && !isInputAtEnd {
            if input.start + count > input.capacity || input.count == 0 { moveToFront() }
            let room = unsafe input.room
            let read = try unsafe source.read(into: room)
            input.end += read
            isInputAtEnd = read == 0
        }
        return input.count >= count
    }

    private func moveToFront() {
        let count = input.count
        unsafe input.base.copyMemory(from: input.base + input.start, byteCount: count)
        consumed += input.start
        (input.start, input.end) = (0, count)
    }
}
