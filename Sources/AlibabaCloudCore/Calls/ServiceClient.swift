import Foundation
import Logging

/// Sends calls: signs each attempt anew, judges the answer, and tries again where that is harmless.
package struct ServiceClient: Sendable {
    /// Where the calls go.
    package enum Endpoint: Sendable {
        /// Each product's own host for the region, over https.
        case region(String)
        /// One address for all products: a test stand-in, a private gateway.
        case fixed(SignedURL)
    }

    package let endpoint: Endpoint
    package let credentials: any CredentialsProvider
    package let transport: any HTTPTransport
    package let retry: RetryPolicy
    package let clock: Clockwork
    package let logger: Logger

    package init(
        endpoint: Endpoint, credentials: any CredentialsProvider, transport: any HTTPTransport, retry: RetryPolicy,
        clock: Clockwork, logger: Logger
    ) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.transport = transport
        self.retry = retry
        self.clock = clock
        self.logger = logger
    }

    /// The answer's JSON.
    ///
    /// - Throws: `CloudError`; of kind `unclear` when a call that must not be repeated may or may not have taken
    ///   effect.
    package func send(_ call: APICall) async throws -> JSONValue {
        try await retry.repeating(clock) { error, attempt, wait in
            logger.info(
                "trying again",
                metadata: [
                    "action": "\(call.action)", "attempt": "\(attempt)", "reason": "\(error)",
                    "wait": "\(Int64(wait / .milliseconds(1))) ms",
                ])
        } _: {
            try await sendOnce(call)
        }
    }

    private func sendOnce(_ call: APICall) async throws -> JSONValue {
        let key = try await credentials.credentials()
        let request = try signed(call, with: key)
        logger.debug("calling", metadata: ["action": "\(call.action)", "host": "\(request.url.host)"])
        let (status, headers, text): (Int, [String: String], String)
        do {
            let response = try await transport.send(request)
            (status, headers, text) = (response.status, response.headers, try await response.text())
        } catch var error as CloudError {
            error.location = call.action
            // The call may have arrived although no answer did.
            throw error.kind == .network && call.repetition == .lookFirst ? error.unclear() : error
        }
        do {
            return try ServiceAnswer(call: call, status: status, headers: headers, text: text).value()
        } catch {
            throw error.without(key)
        }
    }

    private func signed(_ call: APICall, with key: Credentials) throws(CloudError) -> HTTPRequest {
        let base: SignedURL
        switch endpoint {
        case .region(let region): base = try SignedURL("https://\(call.product.host(region: region))/")
        case .fixed(let address): base = address
        }
        let query = PercentEncoding.canonicalQuery(call.parameters)
        let signer = RequestSigner(
            credentials: key, date: clock.now(), nonce: clock.nonce())
        let headers = signer.headers(
            method: "POST", host: base.authority, action: call.action, version: call.product.version, query: query)
        let url = try SignedURL("\(base.scheme)://\(base.authority)/?\(query)")
        return HTTPRequest(.post, url, headers: headers)
    }
}
