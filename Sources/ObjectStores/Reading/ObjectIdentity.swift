import AlibabaCloudCore

/// What the store says an object is. Two answers belong to the same object when nothing that both say differs.
package struct ObjectIdentity: Sendable, Hashable {
    /// Bytes.
    package let size: Int64
    /// As it came, quotes included.
    package let etag: String?
    /// CRC-64 of the whole object, from `x-oss-hash-crc64ecma`; old objects have none.
    package let checksum: UInt64?

    /// As one line; nothing in it depends on the link.
    package var text: String { "size \(size) etag \(etag ?? "-") crc64 \(checksum.map { String($0) } ?? "-")" }

    package init(size: Int64, etag: String?, checksum: UInt64?) {
        self.size = size
        self.etag = etag
        self.checksum = checksum
    }

    /// With what another answer says of the same object.
    func completed(by other: ObjectIdentity) -> ObjectIdentity {
        ObjectIdentity(size: size, etag: etag ?? other.etag, checksum: checksum ?? other.checksum)
    }

    package func isSame(as other: ObjectIdentity) -> Bool {
        func agree<Value: Equatable>(_ one: Value?, _ two: Value?) -> Bool { one == nil || two == nil || one == two }
        return size == other.size && agree(etag, other.etag) && agree(checksum, other.checksum)
    }
}
