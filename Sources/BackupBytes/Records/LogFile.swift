import Foundation

/// The file of a `RecordLog`: appended to through a buffer, read from any offset.
final class LogFile {
    /// Two lengths and the checksum.
    private static let headLength = 24

    private let descriptor: Int32
    private let path: String
    private var length: Int
    private var unwritten: [UInt8] = []

    /// A new file of this name, or one without a name in `folder`.
    init(path: String?, folder: String) throws {
        self.path = path ?? folder
        length = 0
        descriptor = try path.map { try NoteFile.create($0) } ?? Descriptor.nameless(in: folder, for: "records")
    }

    init(reopening path: String, length: Int) throws {
        descriptor = try NoteFile.reopen(path, length: length)
        self.path = path
        self.length = length
    }

    deinit { close(descriptor) }

    /// Bytes appended.
    func append(_ bytes: [UInt8]) throws -> Int {
        unwritten += bytes
        if unwritten.count >= 64 * 1024 { try write() }
        return bytes.count
    }

    func write() throws {
        try unsafe unwritten.withUnsafeBytes { try unsafe Descriptor.write($0, to: descriptor, at: length, path: path) }
        length += unwritten.count
        unwritten.removeAll(keepingCapacity: true)
    }

    /// The record that begins at `offset`, and how many bytes it takes; nil for one that says that a key is removed.
    func read(at offset: Int) throws -> (key: String, record: [UInt8]?, bytes: Int) {
        var head = RecordReader(try read(Self.headLength, at: offset))
        let keyLength = try head.count(), recordLength = try head.number(), checksum = try head.bits()
        let left = length + unwritten.count - offset - Self.headLength
        guard recordLength >= -1, keyLength + max(0, recordLength) <= left else { throw RecordDamaged() }
        let body = try read(keyLength + max(0, recordLength), at: offset + Self.headLength)
        let key = body[..<keyLength], record = recordLength < 0 ? nil : Array(body[keyLength...])
        guard RecordChecksum.of(key, record, at: offset) == checksum else { throw RecordDamaged() }
        return (String(decoding: key, as: UTF8.self), record, Self.headLength + body.count)
    }

    private func read(_ count: Int, at offset: Int) throws -> [UInt8] {
        if offset + count > length { try write() }
        guard offset + count <= length else { throw RecordDamaged() }
        return try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = try unsafe Descriptor.read(
                into: UnsafeMutableRawBufferPointer(buffer), from: descriptor, at: offset, path: path)
            guard filled == count else { throw RecordDamaged() }
        }
    }
}
