import AlibabaCloudCore
import Foundation
import Logging

extension StoreClient {
    /// A client whose keys, region and endpoint the environment says, as the tools of its vendor read them.
    ///
    /// S3: `AWS_…` and `~/.aws`, see `S3CredentialChain`. OSS: the chain of `CredentialChain`, `OSS_REGION` and
    /// `OSS_ENDPOINT`.
    ///
    /// - Throws: `CloudError` of the kind `badArguments` where no region is named.
    public static func fromEnvironment(
        _ kind: StoreAddress.Kind, transport: any HTTPTransport, logger: Logger
    ) throws -> StoreClient {
        try fromEnvironment(kind, .process(transport: transport, clock: .system), logger: logger)
    }

    package static func fromEnvironment(
        _ kind: StoreAddress.Kind, _ surroundings: CredentialSurroundings, logger: Logger
    ) throws -> StoreClient {
        let credentials: any CredentialsProvider, region: String?, endpoint: String?
        switch kind {
        case .s3:
            let chain = S3CredentialChain(surroundings: surroundings)
            endpoint = chain.endpoint
            // Servers that speak S3 have one region, and call it so.
            region = chain.region ?? (endpoint == nil ? nil : "us-east-1")
            credentials = chain
        case .oss:
            endpoint = surroundings.variable("OSS_ENDPOINT")
            region =
                surroundings.variable("OSS_REGION") ?? endpoint.flatMap(Self.region(of:))
                ?? CredentialChain.region(profile: nil, surroundings: surroundings)
            credentials = CredentialChain(surroundings: surroundings)
        }
        guard let region else {
            throw CloudError(
                .badArguments, "the region of the bucket is not known",
                advice: "Set \(kind == .s3 ? "AWS_REGION" : "OSS_REGION").")
        }
        return StoreClient(
            kind, endpoint: try StoreEndpoint(kind, region: region, endpoint: endpoint), credentials: credentials,
            transport: surroundings.transport, clock: surroundings.clock, logger: logger)
    }

    /// `oss-cn-hangzhou-internal.aliyuncs.com` lies in `cn-hangzhou`.
    static func region(of endpoint: String) -> String? {
        let host = endpoint.firstRange(of: "://").map { endpoint[$0.upperBound...] } ?? endpoint[...]
        guard host.hasPrefix("oss-"), host.contains(".aliyuncs.com"), let dot = host.firstIndex(of: ".") else {
            return nil
        }
        let name = host[host.index(host.startIndex, offsetBy: 4) ..< dot]
        return String(name.hasSuffix("-internal") ? name.dropLast(9) : name)
    }
}
