import AlibabaCloudCore
import Logging

/// One object whose links die: opens connections to any offset in it.
struct ObjectStore: Sendable {
    let links: LinkSource
    let transport: any HTTPTransport
    let retry: RetryPolicy
    let clock: Clockwork
    let logger: Logger

    struct Connection {
        let answer: ObjectAnswer
        var pieces: any HTTPBody.Pieces
    }

    /// One attempt, for the bytes from `first` up to but not including `end`; to the end of the object if nil.
    ///
    /// No `x-oss-` header is sent: the store counts them into the signature, and the link was signed without.
    func connect(to url: SignedURL, first: Int64, end: Int64?, etag: String?) async throws -> Connection {
        var headers = ["range": "bytes=\(first)-\(end.map { String($0 - 1) } ?? "")", "accept-encoding": "identity"]
        // A weak tag never matches, by the rules of HTTP.
        headers["if-match"] = etag.flatMap { $0.hasPrefix("W/") ? nil : $0 }
        var request = HTTPRequest(.get, url, headers: headers)
        request.patience = .seconds(300)  // the gateway of the store may be slow to begin
        let response = try await transport.send(request)
        do {
            guard response.status == 200 || response.status == 206 else {
                throw StoreRefusal.error(status: response.status, text: try await response.text(limit: 1 << 14))
            }
            let answer = try ObjectAnswer(status: response.status, headers: response.headers, wanted: first)
            return Connection(answer: answer, pieces: response.body.pieces())
        } catch var error as CloudError {
            error.location = error.location ?? url.description
            throw error
        }
    }
}
