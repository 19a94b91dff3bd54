import BackupBytes

/// A source to which bytes can be given back.
final class RefilledSource: ByteSource {
    private let source: any ByteSource
    private var given: ArraySlice<UInt8> = []
    private var isSourceAtEnd = false
    /// How the source has failed, which is thrown after all that came before.
    private var failure: (any Error)?

    init(_ source: any ByteSource) { self.source = source }

    var length: Int? { source.length }
    var canceller: (any ReadCanceller)? { source.canceller }
    /// Nothing more can be had; known after a read that has come to it.
    var isAtEnd: Bool { given.isEmpty && (isSourceAtEnd || failure != nil) }

    func putBack(_ bytes: [UInt8]) { if !bytes.isEmpty { given = bytes + given } }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if !given.isEmpty {
            let count = min(given.count, buffer.count)
            unsafe buffer.copyBytes(from: given.prefix(count))
            given.removeFirst(count)
            return count
        }
        if let failure { throw failure }
        if isSourceAtEnd { return 0 }
        let count = try unsafe source.read(into: buffer)
        isSourceAtEnd = count == 0
        return count
    }

    /// So many bytes; fewer only at the end, or where the source fails: the next `read` throws that.
    func chunk(_ length: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: length) { room, filled in
            while filled < length {
                let rest = unsafe UnsafeMutableBufferPointer(rebasing: room[filled...])
                do {
                    let count = try unsafe read(into: UnsafeMutableRawBufferPointer(rest))
                    if count == 0 { return }
                    filled += count
                } catch {
                    failure = error
                    return
                }
            }
        }
    }
}
