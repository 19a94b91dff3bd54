import Foundation

/// An address whose query is a secret: the link alone gives access to the data.
///
/// It prints as scheme, host and path; the query stays inside.
///
///     "//dbs-1.oss-cn-hangzhou.aliyuncs.com/a.tar.gz?Signature=…"
///     → https://dbs-1.oss-cn-hangzhou.aliyuncs.com/a.tar.gz
public struct SignedURL: Sendable, Hashable {
    /// The whole address. Hand it to the transport, nowhere else.
    public let revealed: String
    /// `https`, or `http`.
    public let scheme: String
    /// The host in lower case, IPv6 addresses without their brackets.
    public let host: String
    /// The port, if the address names one.
    public let port: Int?
    /// The path, without the query.
    public let path: String
    /// Whether the caller asked for `http` to stay `http`.
    package let allowsPlainText: Bool

    /// Understands what the service really sends: `//host/…`, an address inside quotes, `http`.
    ///
    /// - Parameters:
    ///   - text: the address as the service sent it, or as a user pasted it.
    ///   - upgradingToHTTPS: turns `http` into `https` unless the host is loopback or a port is named. The store's
    ///     signature does not cover the scheme.
    public init(_ text: String, upgradingToHTTPS: Bool = true) throws(CloudError) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines.union(CharacterSet(charactersIn: "\"'“”‘’＂")))
        let isBare = trimmed.hasPrefix("//")
        var whole = isBare ? "https:" + trimmed : trimmed
        guard let parts = URLComponents(string: whole), let host = parts.host?.lowercased(), !host.isEmpty,
            var scheme = parts.scheme?.lowercased(), scheme == "https" || scheme == "http"
        else {
            throw CloudError(
                .badArguments, "not an http or https address", advice: "Paste the link as the service gave it.")
        }
        let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        if isBare && Self.isLoopback(bare) { (scheme, whole) = ("http", "http:" + trimmed) }
        let upgrade = upgradingToHTTPS && scheme == "http" && parts.port == nil && !Self.isLoopback(bare)
        // The text is kept as it came: taking it apart and joining it again could change the encoding that was signed.
        revealed = upgrade ? "https" + whole.dropFirst(scheme.count) : whole
        self.scheme = upgrade ? "https" : scheme
        self.host = bare
        allowsPlainText = !upgradingToHTTPS
        port = parts.port
        path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
    }

    /// Whether `http` may be spoken to this host: nothing leaves the machine.
    public var isLoopback: Bool { Self.isLoopback(host) }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    /// Host and port as the `host` header spells them.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }
}

extension SignedURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Scheme, host and path: the query holds a signature and is never shown.
    public var description: String { "\(scheme)://\(authority)\(path)" }
    /// The same as `description`.
    public var debugDescription: String { description }
    /// Shows the description only.
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
