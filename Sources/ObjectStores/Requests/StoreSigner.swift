import AlibabaCloudCore
import Crypto
import Foundation

/// Version 4 of both signatures, as a value: the same date and request always give the same signature.
///
/// The two differ in names, and in what the path is: S3 signs the path of the request, OSS bucket and key wherever the
/// bucket stands. The body is not signed; TLS protects it.
///
///     canonical request   METHOD \n PATH \n QUERY \n name:value\n… \n names \n UNSIGNED-PAYLOAD
///     string to sign      ALGORITHM \n DATE \n SCOPE \n hex(sha256(canonical request))
///     key                 HMAC over day, region, service, terminator, beginning with prefix + secret
///
/// Sources: "Signature Version 4" of the S3 documentation; "Add signatures to headers (V4)" of the OSS documentation.
struct StoreSigner {
    let kind: StoreAddress.Kind
    let credentials: Credentials
    let region: String
    let date: Date

    private static let payload = "UNSIGNED-PAYLOAD"

    /// What the two call the same things.
    private struct Words {
        let algorithm, service, terminator, keyPrefix, headerPrefix: String
    }

    private var words: Words {
        switch kind {
        case .s3:
            Words(
                algorithm: "AWS4-HMAC-SHA256", service: "s3", terminator: "aws4_request", keyPrefix: "AWS4",
                headerPrefix: "x-amz-")
        case .oss:
            Words(
                algorithm: "OSS4-HMAC-SHA256", service: "oss", terminator: "aliyun_v4_request",
                keyPrefix: "aliyun_v4", headerPrefix: "x-oss-")
        }
    }

    /// The headers that let a request in, `authorization` among them; names are in lower case.
    ///
    /// - Parameters:
    ///   - host: as the `host` header says it, the port included.
    ///   - path: of the request, encoded.
    ///   - resource: `/bucket/key`, encoded.
    ///   - query: sorted and encoded.
    ///   - headers: those of the request. What begins with `x-amz-` or `x-oss-` is signed.
    func headers(
        method: String, host: String, path: String, resource: String, query: String, headers: [String: String]
    ) -> [String: String] {
        let words = words, stamp = Self.stamp(date), day = String(stamp.prefix(8))
        var all = headers
        all[words.headerPrefix + "date"] = stamp
        all[words.headerPrefix + "content-sha256"] = Self.payload
        if let token = credentials.securityToken { all[words.headerPrefix + "security-token"] = token.revealed }
        var signed = all.filter { $0.key.hasPrefix(words.headerPrefix) || $0.key == "content-type" }
        // OSS signs no other header, and its list holds only those that it need not have.
        if kind == .s3 { signed["host"] = host }
        let names = signed.keys.sorted().joined(separator: ";")
        let block = signed.sorted { $0.key < $1.key }
            .map { "\($0.key):\($0.value.trimmingCharacters(in: .whitespaces))\n" }.joined()
        let canonical = [
            method, kind == .s3 ? path : resource, query, block, kind == .s3 ? names : "", Self.payload,
        ].joined(separator: "\n")
        let scope = "\(day)/\(region)/\(words.service)/\(words.terminator)"
        let text = [words.algorithm, stamp, scope, RequestSigner.hex(SHA256.hash(data: Data(canonical.utf8)))]
            .joined(separator: "\n")
        let key = [day, region, words.service, words.terminator].reduce(
            Data((words.keyPrefix + credentials.accessKeySecret.revealed).utf8), Self.keyed)
        let signature = RequestSigner.hex(Self.keyed(key, text))
        let list = kind == .s3 ? "SignedHeaders=\(names)," : ""
        all["authorization"] =
            "\(words.algorithm) Credential=\(credentials.accessKeyID)/\(scope),\(list)Signature=\(signature)"
        return all
    }

    private static func keyed(_ key: Data, _ text: String) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key)))
    }

    /// `20261130T213614Z`
    static func stamp(_ date: Date) -> String {
        RequestSigner.timestamp(date).filter { $0 != "-" && $0 != ":" }
    }
}
