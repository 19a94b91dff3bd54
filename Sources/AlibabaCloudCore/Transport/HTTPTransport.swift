/// Sends a request and gives back the head of the answer.
///
/// Throws `CloudError` of kind `network` when there is no answer. An HTTP error status is an answer.
public protocol HTTPTransport: Sendable {
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
