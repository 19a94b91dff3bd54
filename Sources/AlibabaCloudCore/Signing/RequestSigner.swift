import Crypto
import Foundation

/// Signature V3, `ACS3-HMAC-SHA256`, as a value: the same date, nonce and request always give the same signature.
///
/// Source: "Request syntax and signature method V3" of the vendor's documentation.
///
///     canonical request   METHOD \n URI \n QUERY \n name:value\n… \n signed;header;names \n hex(sha256(body))
///     string to sign      ACS3-HMAC-SHA256 \n hex(sha256(canonical request))
///     Authorization       ACS3-HMAC-SHA256 Credential=<id>,SignedHeaders=<names>,Signature=<hex>
package struct RequestSigner: Sendable {
    package static let algorithm = "ACS3-HMAC-SHA256"
    package static let emptyBodyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    package let credentials: Credentials
    package let date: Date
    package let nonce: String

    package init(credentials: Credentials, date: Date, nonce: String) {
        self.credentials = credentials
        self.date = date
        self.nonce = nonce
    }

    /// All headers of a call in RPC style with an empty body, `authorization` among them; names are in lower case.
    package func headers(
        method: String, host: String, action: String, version: String, query: String
    ) -> [String: String] {
        var headers = [
            "host": host,
            "x-acs-action": action,
            "x-acs-version": version,
            "x-acs-date": Self.timestamp(date),
            "x-acs-signature-nonce": nonce,
            "x-acs-content-sha256": Self.emptyBodyHash,
        ]
        if let token = credentials.securityToken {
            headers["x-acs-security-token"] = token.revealed
            headers["x-acs-accesskey-id"] = credentials.accessKeyID
        }
        headers["authorization"] = authorization(
            method: method, path: "/", query: query, headers: headers, payloadHash: Self.emptyBodyHash)
        headers["accept"] = "application/json"
        return headers
    }

    package func authorization(
        method: String, path: String, query: String, headers: [String: String], payloadHash: String
    ) -> String {
        let signed = Self.signedNames(of: headers)
        let canonical = Self.canonicalRequest(
            method: method, path: path, query: query, headers: headers, payloadHash: payloadHash)
        let signature = sign(Self.stringToSign(canonical))
        return "\(Self.algorithm) Credential=\(credentials.accessKeyID),SignedHeaders=\(signed.joined(separator: ";"))"
            + ",Signature=\(signature)"
    }

    package static func canonicalRequest(
        method: String, path: String, query: String, headers: [String: String], payloadHash: String
    ) -> String {
        let names = signedNames(of: headers)
        let block = names.map { "\($0):\((headers[$0] ?? "").trimmingCharacters(in: .whitespaces))\n" }.joined()
        return [method, path, query, block, names.joined(separator: ";"), payloadHash].joined(separator: "\n")
    }

    package static func stringToSign(_ canonicalRequest: String) -> String {
        "\(algorithm)\n" + hex(SHA256.hash(data: Data(canonicalRequest.utf8)))
    }

    package func sign(_ stringToSign: String) -> String {
        let key = SymmetricKey(data: Data(credentials.accessKeySecret.revealed.utf8))
        return Self.hex(HMAC<SHA256>.authenticationCode(for: Data(stringToSign.utf8), using: key))
    }

    /// `host`, `content-type` and every `x-acs-` header, sorted.
    private static func signedNames(of headers: [String: String]) -> [String] {
        headers.keys.filter { $0 == "host" || $0 == "content-type" || $0.hasPrefix("x-acs-") }.sorted()
    }

    /// `yyyy-MM-ddTHH:mm:ssZ`, in UTC.
    package static func timestamp(_ date: Date) -> String {
        date.formatted(.iso8601)
    }

    package static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
