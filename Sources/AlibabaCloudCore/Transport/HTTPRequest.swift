/// One request as the transports understand it. Its description shows no query and no headers.
public struct HTTPRequest: Sendable, CustomStringConvertible {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
    }

    public var method: Method
    public var url: SignedURL
    /// Names in lower case.
    public var headers: [String: String]
    public var body: [UInt8]
    /// How long the answer's head may take; the body has its own limit on silence.
    public var patience: Duration

    public init(
        _ method: Method, _ url: SignedURL, headers: [String: String] = [:], body: [UInt8] = [],
        patience: Duration = .seconds(60)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.patience = patience
    }

    public var description: String { "\(method.rawValue) \(url)" }
}

extension HTTPRequest: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}
