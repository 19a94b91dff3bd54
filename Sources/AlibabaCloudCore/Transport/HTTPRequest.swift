/// One request as the transports understand it. Its description shows no query and no headers.
public struct HTTPRequest: Sendable, CustomStringConvertible {
    /// The methods that the services take.
    public enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
    }

    /// How the address is asked.
    public var method: Method
    /// The address, with its query.
    public var url: SignedURL
    /// Names in lower case.
    public var headers: [String: String]
    /// The bytes to send; none for most calls.
    public var body: [UInt8]
    /// How long the answer's head may take; the body has its own limit on silence.
    public var patience: Duration

    /// Makes a request.
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

    /// Method and address, without the query.
    public var description: String { "\(method.rawValue) \(url)" }
}

extension HTTPRequest: CustomReflectable {
    /// Shows the description only: headers may hold a token.
    public var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}
