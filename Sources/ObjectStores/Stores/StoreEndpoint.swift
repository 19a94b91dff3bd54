import AlibabaCloudCore

/// The host that answers for the buckets of a region, and how a bucket is named to it.
public struct StoreEndpoint: Sendable, Hashable {
    /// `https` or `http`.
    let scheme: String
    /// Host, and port if there is one.
    let authority: String
    /// The region that signatures name.
    public let region: String
    /// Whether the bucket stands in the path, and not in front of the host.
    let namesBucketInPath: Bool

    /// The endpoint of a region, or one of your own.
    ///
    /// OSS: `oss-cn-hangzhou.aliyuncs.com`; S3: `s3.eu-west-1.amazonaws.com`. The bucket stands in front of the host;
    /// it stands in the path where S3's endpoint is given, and where the host is an IP address or `localhost`.
    ///
    /// - Parameters:
    ///   - kind: whose protocol the store speaks.
    ///   - region: such as `cn-hangzhou` or `eu-west-1`.
    ///   - endpoint: a host, or an address with `https://` or `http://`; the one of the region if nil.
    /// - Throws: `CloudError` of the kind `badArguments` where `endpoint` is no address.
    public init(_ kind: StoreAddress.Kind, region: String, endpoint: String? = nil) throws(CloudError) {
        self.region = region
        guard let endpoint else {
            scheme = "https"
            authority =
                switch kind {
                case .oss: "oss-\(region).aliyuncs.com"
                case .s3: region.hasPrefix("cn-") ? "s3.\(region).amazonaws.com.cn" : "s3.\(region).amazonaws.com"
                }
            namesBucketInPath = false
            return
        }
        let url = try SignedURL(endpoint.contains("://") ? endpoint : "https://\(endpoint)", upgradingToHTTPS: false)
        guard url.path == "/" else {
            throw CloudError(
                .badArguments, "the endpoint \(url) has a path", advice: "Give a host, and a port if it needs one.")
        }
        scheme = url.scheme
        authority = url.authority
        let isAddress = url.host.contains(":") || url.host.utf8.allSatisfy { $0 == 46 || (48 ... 57).contains($0) }
        namesBucketInPath = kind == .s3 || isAddress || url.isLoopback
    }

    /// The address of an object, or of the bucket where the key is empty.
    ///
    /// - Parameter query: sorted and encoded, as it is signed.
    func url(bucket: String, key: String, query: String) throws(CloudError) -> SignedURL {
        // A dot in the bucket's name would need a certificate that no store has.
        let isInPath = namesBucketInPath || bucket.contains(".")
        let host = isInPath ? authority : "\(bucket).\(authority)"
        let path = (isInPath ? "/\(bucket)/" : "/") + Self.encodedPath(key)
        return try SignedURL(
            "\(scheme)://\(host)\(path)" + (query.isEmpty ? "" : "?\(query)"), upgradingToHTTPS: false)
    }

    /// Each part between slashes percent-encoded; slashes are found as scalars, whatever mark follows them.
    static func encodedPath(_ key: String) -> String {
        key.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
            .map { PercentEncoding.encode(String($0)) }.joined(separator: "/")
    }
}
