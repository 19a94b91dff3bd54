import AlibabaCloudCore
import Logging

/// One object: how its bytes are asked for, and how patiently. Opens connections to any offset in it.
package struct ObjectOrigin: Sendable {
    package let requests: any ObjectRequests
    package let transport: any HTTPTransport
    package let retry: RetryPolicy
    package let clock: Clockwork
    package let logger: Logger

    struct Connection {
        let answer: ObjectAnswer
        var pieces: any HTTPBody.Pieces
    }

    package init(
        requests: any ObjectRequests, transport: any HTTPTransport, retry: RetryPolicy, clock: Clockwork,
        logger: Logger
    ) {
        self.requests = requests
        self.transport = transport
        self.retry = retry
        self.clock = clock
        self.logger = logger
    }

    /// One attempt, for the bytes from `first` up to but not including `end`; to the end of the object if nil.
    func connect(to url: SignedURL, first: Int64, end: Int64?, etag: String?) async throws -> Connection {
        var headers = ["range": "bytes=\(first)-\(end.map { String($0 - 1) } ?? "")", "accept-encoding": "identity"]
        // A weak tag never matches, by the rules of HTTP.
        headers["if-match"] = etag.flatMap { $0.hasPrefix("W/") ? nil : $0 }
        var request = HTTPRequest(.get, url, headers: headers)
        request.patience = .seconds(300)  // the gateway of the store may be slow to begin
        let response = try await transport.send(try await requests.authorized(request))
        do {
            guard response.status == 200 || response.status == 206 else {
                throw requests.refusal(status: response.status, text: try await response.text(limit: 1 << 14))
            }
            let answer = try ObjectAnswer(
                status: response.status, headers: response.headers, wanted: first, mayBeMarkup: requests.mayBeMarkup)
            return Connection(answer: answer, pieces: response.body.pieces())
        } catch var error as CloudError {
            error.location = error.location ?? url.description
            throw error
        }
    }
}
