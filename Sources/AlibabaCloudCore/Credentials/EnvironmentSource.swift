/// `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, for temporary keys,
/// `ALIBABA_CLOUD_SECURITY_TOKEN`.
struct EnvironmentSource: CredentialSource {
    let surroundings: CredentialSurroundings
    var location: String { "environment variables" }

    func load() async throws -> Credentials? {
        guard let id = surroundings.variable("ALIBABA_CLOUD_ACCESS_KEY_ID"),
            let secret = surroundings.variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET")
        else { return nil }
        return Credentials(
            accessKeyID: id, accessKeySecret: Secret(secret),
            securityToken: surroundings.variable("ALIBABA_CLOUD_SECURITY_TOKEN").map(Secret.init))
    }
}
