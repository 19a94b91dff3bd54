import Foundation

/// The SDKs' own file, `~/.alibabacloud/credentials` (or `credentials.ini` beside it): sections with `type = …`.
///
/// `ALIBABA_CLOUD_CREDENTIALS_FILE` names another file; `ALIBABA_CLOUD_PROFILE` the section, `default` otherwise.
struct CredentialsFileSource: CredentialSource {
    let wanted: String?
    let surroundings: CredentialSurroundings
    var location: String { "credentials file in ~/.alibabacloud" }

    func load() async throws -> Credentials? {
        let folder = surroundings.home + "/.alibabacloud/"
        let paths =
            surroundings.variable("ALIBABA_CLOUD_CREDENTIALS_FILE").map { [$0] }
            ?? [folder + "credentials", folder + "credentials.ini"]
        guard let text = paths.lazy.compactMap(surroundings.readFile).first,
            let section = ProfileFile.section(wanted ?? "default", of: text)
        else { return nil }
        func need(_ key: String) throws(CloudError) -> String {
            if let value = section[key] { return value }
            throw CloudError(.credentials, "section ‘\(wanted ?? "default")’ has no \(key)", location: location)
        }
        switch section["type"] ?? "access_key" {
        case "access_key", "sts":
            return Credentials(
                accessKeyID: try need("access_key_id"), accessKeySecret: Secret(try need("access_key_secret")),
                securityToken: section["security_token"].map(Secret.init))
        case "ecs_ram_role":
            return try await MetadataSource(role: section["role_name"], isWanted: true, surroundings: surroundings)
                .load()
        case "ram_role_arn":
            let base = Credentials(
                accessKeyID: try need("access_key_id"), accessKeySecret: Secret(try need("access_key_secret")))
            let role = AssumedRole(
                arn: try need("role_arn"), session: section["role_session_name"], seconds: nil,
                policy: section["policy"])
            return try await SecurityTokenService(surroundings: surroundings, region: "").assume(role: role, with: base)
        case let type:
            throw CloudError(
                .credentials, "credentials of type \(type) are not supported", location: location,
                advice: "Use access_key, ram_role_arn or ecs_ram_role.")
        }
    }
}
