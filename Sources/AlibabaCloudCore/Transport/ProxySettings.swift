import Foundation

/// Which proxy, if any, stands between us and a host, by the conventions of the environment.
///
/// `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, in lower or upper case. Loopback and link-local hosts are
/// always direct.
package struct ProxySettings: Sendable, Hashable {
    package struct Proxy: Sendable, Hashable {
        package let host: String
        package let port: Int
        package let user: String?
        package let password: Secret?
    }

    private let secure: Proxy?
    private let plain: Proxy?
    private let exceptions: [String]

    package init(environment: [String: String]) {
        func value(_ name: String) -> String? {
            [environment[name], environment[name.uppercased()]].lazy.compactMap { $0 }.first { !$0.isEmpty }
        }
        let everything = value("all_proxy")
        secure = (value("https_proxy") ?? everything).flatMap(Self.parse)
        // HTTP_PROXY in upper case is what a CGI server sets from a request header: only the lower-case form counts.
        plain = (environment["http_proxy"] ?? everything).flatMap(Self.parse)
        exceptions = (value("no_proxy") ?? "").lowercased().split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    package func proxy(for url: SignedURL) -> Proxy? {
        guard let proxy = url.scheme == "https" ? secure : plain, !url.isLoopback, !Self.isMetadata(url.host),
            !exceptions.contains(where: { Self.matches(url.host, exception: $0) })
        else { return nil }
        return proxy
    }

    /// The instance metadata service answers on a fixed address of the machine's own network.
    private static func isMetadata(_ host: String) -> Bool {
        host == "100.100.100.200" || host.hasPrefix("169.254.")
    }

    private static func matches(_ host: String, exception: String) -> Bool {
        if exception == "*" { return true }
        let suffix = exception.trimmingPrefix(while: { $0 == "*" || $0 == "." })
        return host == suffix || host.hasSuffix(".\(suffix)")
    }

    private static func parse(_ text: String) -> Proxy? {
        let whole = text.contains("://") ? text : "http://\(text)"
        guard let parts = URLComponents(string: whole), let host = parts.host, !host.isEmpty else { return nil }
        return Proxy(host: host, port: parts.port ?? 8080, user: parts.user, password: parts.password.map(Secret.init))
    }
}
