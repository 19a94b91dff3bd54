import Crypto

/// The hash of one file; up to date when the queue says so.
final class FileHash: @unchecked Sendable {
    private var value: SHA256
    init(_ value: SHA256 = SHA256()) { self.value = value }

    func update(_ piece: Piece) { value.update(bufferPointer: piece.bytes) }
    var digits: String { Hex.text(value.finalize()) }
}
