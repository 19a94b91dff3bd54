import AlibabaCloudCore

/// Where an object lies, or several with one prefix: `oss://bucket/key`, `s3://bucket/key`.
public struct StoreAddress: Sendable, Hashable, CustomStringConvertible {
    /// Whose protocol the store speaks.
    public enum Kind: String, Sendable {
        /// Alibaba Cloud OSS.
        case oss
        /// Amazon S3, and what speaks as it does.
        case s3
    }

    /// Whose protocol the store speaks.
    public let kind: Kind
    /// The bucket's name.
    public let bucket: String
    /// The object's key, or a prefix of keys; empty for the whole bucket.
    public let key: String

    /// Makes an address of its parts.
    public init(kind: Kind, bucket: String, key: String) {
        self.kind = kind
        self.bucket = bucket
        self.key = key
    }

    /// Reads an address; nil where the text does not begin with `oss://` or `s3://`.
    ///
    /// - Throws: `CloudError` of the kind `badArguments` where it does, and names no bucket.
    public init?(_ text: String) throws(CloudError) {
        guard let mark = text.firstRange(of: "://"), let kind = Kind(rawValue: text[..<mark.lowerBound].lowercased())
        else { return nil }
        let rest = text[mark.upperBound...]
        let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        let bucket = String(rest[..<slash])
        guard Self.isBucketName(bucket) else {
            throw CloudError(
                .badArguments, "\(text): ‘\(bucket)’ is no name of a bucket",
                advice: "Write \(kind.rawValue)://BUCKET/KEY.")
        }
        self.init(kind: kind, bucket: bucket, key: String(rest[slash...].dropFirst()))
    }

    /// As it is written: `oss://bucket/key`.
    public var description: String { "\(kind.rawValue)://\(bucket)/\(key)" }

    /// What both stores allow in names: letters, digits, `-`, `_` and `.`. Anything else would change the host.
    private static func isBucketName(_ name: String) -> Bool {
        (1 ... 255).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a") ... UInt8(ascii: "z"), UInt8(ascii: "A") ... UInt8(ascii: "Z"),
                    UInt8(ascii: "0") ... UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            } && name != "." && name != ".."
    }
}
