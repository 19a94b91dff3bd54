import Foundation

/// The role of the ECS instance we run on, from its metadata service at 100.100.100.200.
///
/// A token is asked for first (version 2); a service without tokens is asked plainly unless
/// `ALIBABA_CLOUD_IMDSV1_DISABLED` is `true`.
struct MetadataSource: CredentialSource {
    let role: String?
    /// Whether the user named this source: then silence is an error, otherwise it means that this is no ECS instance.
    let isWanted: Bool
    let surroundings: CredentialSurroundings
    var location: String { "ECS instance role" }

    private static let root = "http://100.100.100.200/latest"

    func load() async throws -> Credentials? {
        if surroundings.isOn("ALIBABA_CLOUD_ECS_METADATA_DISABLED") && !isWanted { return nil }
        do {
            let token = try await session()
            let folder = "/meta-data/ram/security-credentials/"
            let named = role ?? surroundings.variable("ALIBABA_CLOUD_ECS_METADATA")
            let name = if let named { named } else { try await get(folder, token: token) }
            let answer = try JSONValue(parsing: try await get(folder + name, token: token))
            guard answer["Code"].text?.lowercased() == "success" else {
                throw CloudError(.credentials, "the metadata service has no key for the role", location: location)
            }
            return try SessionAnswer.credentials(in: answer, location: location)
        } catch let error as CloudError where (error.kind == .network || error.kind == .notFound) && !isWanted {
            return nil
        }
    }

    private func session() async throws -> Secret? {
        let request = HTTPRequest(
            .put, try SignedURL("\(Self.root)/api/token", upgradingToHTTPS: false),
            headers: ["x-aliyun-ecs-metadata-token-ttl-seconds": "21600"], patience: .seconds(1))
        let response = try await surroundings.transport.send(request)
        if response.status == 200 { return Secret(try await response.text(limit: 4096)) }
        guard !surroundings.isOn("ALIBABA_CLOUD_IMDSV1_DISABLED") else {
            throw CloudError(
                .credentials, "the metadata service gives no token", location: location, httpStatus: response.status)
        }
        return nil
    }

    private func get(_ path: String, token: Secret?) async throws -> String {
        let headers = token.map { ["x-aliyun-ecs-metadata-token": $0.revealed] } ?? [:]
        let request = HTTPRequest(
            .get, try SignedURL(Self.root + path, upgradingToHTTPS: false), headers: headers, patience: .seconds(1))
        let response = try await surroundings.transport.send(request)
        guard response.status == 200 else {
            throw CloudError(
                response.status == 404 ? .notFound : .credentials, "the metadata service refused", location: location,
                httpStatus: response.status)
        }
        return try await response.text(limit: 1 << 16).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
