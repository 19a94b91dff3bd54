/// The head of an answer, and its body still in the wire.
///
/// The body is pulled: what nobody asks for stays with the sender. Dropping the response closes the connection.
public struct HTTPResponse: Sendable {
    /// The HTTP status.
    public let status: Int
    /// Names in lower case; values of repeated headers are joined by `, `.
    public let headers: [String: String]
    /// The bytes of the answer, as they come.
    public let body: HTTPBody

    /// Makes a response; names of headers are given in lower case.
    public init(status: Int, headers: [String: String], body: HTTPBody) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first `limit` bytes of the body, as text: enough for every answer of the service.
    public func text(limit: Int = 8 << 20) async throws -> String {
        var bytes: [UInt8] = []
        var pieces = body.pieces()
        while bytes.count < limit, let piece = try await pieces.next() {
            piece.withBytes { bytes.append(contentsOf: $0.prefix(limit - bytes.count)) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
