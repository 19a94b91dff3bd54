/// Judges what came back: a pure function of the call, the status, the headers and the text.
package struct ServiceAnswer: Sendable {
    let call: APICall
    let status: Int
    let headers: [String: String]
    let text: String

    package init(call: APICall, status: Int, headers: [String: String], text: String) {
        self.call = call
        self.status = status
        self.headers = headers
        self.text = text
    }

    /// The answer's JSON, if the service says that it did what was asked.
    ///
    /// Where a product sends a `Success` field it alone decides: business errors come under HTTP 200.
    package func value() throws(CloudError) -> JSONValue {
        guard let json = try? JSONValue(parsing: text), case .object = json else { throw notJSON() }
        let succeeded = call.product.saysSuccess ? json["Success"].flag == true : (200 ..< 300).contains(status)
        guard succeeded else { throw failure(json) }
        return json
    }

    private func failure(_ json: JSONValue) -> CloudError {
        // Both pairs of fields may be filled; on some failures one of the two still says "Success".
        let code = [json["ErrCode"].text, json["Code"].text].compactMap { $0 }.first { $0.lowercased() != "success" }
        let message = json["ErrMessage"].text ?? json["Message"].text ?? "the service gave no reason"
        return classified(code: code, message: message, requestID: json["RequestId"].text)
    }

    /// A proxy's or gateway's page, in HTML or XML. None of it is quoted: it can hold anything.
    private func notJSON() -> CloudError {
        let requestID = headers["x-acs-request-id"] ?? MarkupError(text)?.requestID
        guard status >= 400 else {
            var error = CloudError(
                .unexpectedAnswer, "the answer is not the service's", location: call.action, requestID: requestID,
                httpStatus: status, advice: "Look for a proxy or a wrong endpoint.", remedy: .chooseEndpoint,
                canRetry: true)
            if call.repetition == .lookFirst { error = error.unclear() }
            return error
        }
        return classified(
            code: MarkupError(text)?.code, message: "the service answered HTTP \(status)", requestID: requestID)
    }

    private func classified(code: String?, message: String, requestID: String?) -> CloudError {
        let name = code ?? ""
        var error = CloudError(
            .refused, message, location: call.action, code: code, requestID: requestID ?? headers["x-acs-request-id"],
            httpStatus: status)
        if name.hasPrefix("Throttling") || status == 429 {
            error.kind = .throttled
            error.canRetry = true
            error.retryAfter = ThrottleHeaders.wait(headers)
        } else if Self.speaksOfCredentials(name, status: status) {
            error.kind = .credentials
        } else if status >= 500 || Self.passing.contains(name) {
            error.kind = .serviceFailed
            error.canRetry = true
            // A service that is away did nothing; one that failed inside may have done it.
            if call.repetition == .lookFirst { error = error.unclear() }
        } else if name.hasSuffix(".NotFound") || name.hasSuffix(".CannotFind") || name == "DBS.NotExists" {
            error.kind = .notFound
        }
        return error
    }

    private static let passing: Set = [
        "ServiceUnavailable", "InternalError", "DBS.InternalError", "InvokeProxyFailure", "ExternalFailure",
        "RequestMetaDataFailed",
    ]

    private static func speaksOfCredentials(_ code: String, status: Int) -> Bool {
        if status == 401 { return true }
        let prefixes = [
            "InvalidAccessKeyId", "IncompleteSignature", "SignatureDoesNotMatch", "InvalidSecurityToken",
            "MissingSecurityToken",
            "Forbidden.RAM", "NoPermission", "Request.Forbidden", "DBS.NoPermission", "InvalidTimeStamp",
            "SignatureNonceUsed",
        ]
        return code == "Forbidden" || prefixes.contains { code.hasPrefix($0) }
    }
}

extension CloudError {
    /// The same with a key's secrets struck out: the service quotes the request back when it finds a signature wrong.
    package func without(_ key: Credentials) -> CloudError {
        var error = self
        for secret in [key.accessKeySecret, key.securityToken].compactMap({ $0?.revealed }) where !secret.isEmpty {
            error.message.replace(secret, with: "***")
        }
        return error
    }

    /// The same failure of a call that must not be sent again before someone has looked.
    package func unclear() -> CloudError {
        var error = self
        error.kind = .unclear
        error.canRetry = false
        return error
    }
}
