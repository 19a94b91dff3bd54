import AlibabaCloudCore

/// Judges the head of the store's answer to a request for bytes: a pure function.
///
/// The store has a trap: a range that it does not like is answered with 200 and the whole object. So only an answer
/// with the right `Content-Range` counts as the range, and 200 without one means that the body starts at the object's
/// first byte, whatever was asked. rclone answers a range with 200, and with the right `Content-Range`.
package struct ObjectAnswer: Sendable {
    package let identity: ObjectIdentity
    /// Where in the object the body begins.
    package let firstByte: Int64
    /// Whether ranges are served, as far as this answer shows.
    package let servesRanges: Bool

    /// - Parameter wanted: the first byte that was asked for.
    package init(status: Int, headers: [String: String], wanted: Int64, mayBeMarkup: Bool = false) throws(CloudError) {
        if !mayBeMarkup { try Self.refuseMarkup(headers["content-type"]) }
        let size: Int64
        switch status {
        case 206:
            guard let range = headers["content-range"].flatMap(Self.contentRange), range.first == wanted else {
                throw CloudError(
                    .unexpectedAnswer, "the store sent another range than was asked for", httpStatus: status,
                    canRetry: true)
            }
            (firstByte, size) = (wanted, range.size)
        case 200 where Self.isRange(headers, from: wanted):
            (firstByte, size) = (wanted, headers["content-range"].flatMap(Self.contentRange)?.size ?? 0)
        case 200:
            guard let length = headers["content-length"].flatMap({ Int64($0) }) else {
                throw CloudError(.unexpectedAnswer, "the store does not say how long the object is", httpStatus: status)
            }
            (firstByte, size) = (0, length)
        default:
            throw CloudError(.unexpectedAnswer, "the store answered HTTP \(status)", httpStatus: status)
        }
        servesRanges = status == 206 || headers["content-range"] != nil
        identity = ObjectIdentity(
            size: size, etag: headers["etag"], checksum: headers["x-oss-hash-crc64ecma"].flatMap { UInt64($0) })
    }

    /// `bytes 0-99/1234`
    package static func contentRange(_ text: String) -> (first: Int64, last: Int64, size: Int64)? {
        let parts = text.lowercased().split(whereSeparator: { " -/".contains($0) })
        guard parts.count == 4, parts[0] == "bytes", let first = Int64(parts[1]), let last = Int64(parts[2]),
            let size = Int64(parts[3]), first >= 0, first <= last, last < size
        else { return nil }
        return (first, last, size)
    }

    /// Whether the body is the rest of the object, or a part of it, from the byte that was wanted.
    private static func isRange(_ headers: [String: String], from wanted: Int64) -> Bool {
        guard let length = headers["content-length"].flatMap({ Int64($0) }),
            let range = headers["content-range"].flatMap(contentRange)
        else { return false }
        return range.first == wanted && range.last - range.first + 1 == length
    }

    /// An archive is never HTML or XML; the page of a proxy or portal is.
    private static func refuseMarkup(_ contentType: String?) throws(CloudError) {
        let type = contentType?.lowercased() ?? ""
        if type.hasPrefix("text/html") || type.hasPrefix("text/xml") || type.hasPrefix("application/xml") {
            throw CloudError(
                .network, "a page came instead of the data (\(type.prefix { $0 != ";" }))",
                advice: "Look for a proxy or a log-in portal between here and the store.")
        }
    }

    /// The same for a body that does not admit it.
    static func isMarkup(_ start: UnsafeRawBufferPointer) -> Bool {
        let text = String(decoding: start.prefix(64), as: UTF8.self).lowercased().drop(while: \.isWhitespace)
        return ["<?xml", "<html", "<!doctype", "<error>"].contains { text.hasPrefix($0) }
    }
}
