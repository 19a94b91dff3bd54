import AlibabaCloudCore

/// What the store says an object is. Two answers belong to the same object when nothing that both say differs.
struct ObjectIdentity: Sendable, Hashable {
    /// Bytes.
    let size: Int64
    /// As it came, quotes included.
    let etag: String?
    /// CRC-64 of the whole object, from `x-oss-hash-crc64ecma`; old objects have none.
    let checksum: UInt64?

    /// As one line; nothing in it depends on the link.
    var text: String { "size \(size) etag \(etag ?? "-") crc64 \(checksum.map { String($0) } ?? "-")" }

    func isSame(as other: ObjectIdentity) -> Bool {
        func agree<Value: Equatable>(_ one: Value?, _ two: Value?) -> Bool { one == nil || two == nil || one == two }
        return size == other.size && agree(etag, other.etag) && agree(checksum, other.checksum)
    }
}
