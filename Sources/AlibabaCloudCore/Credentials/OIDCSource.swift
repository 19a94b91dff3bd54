/// A pod's service account, exchanged for a role: `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`,
/// `ALIBABA_CLOUD_OIDC_TOKEN_FILE`.
struct OIDCSource: CredentialSource {
    let role: String
    let provider: String
    let tokenFile: String
    let session: String
    let region: String
    let surroundings: CredentialSurroundings
    var location: String { "OIDC token file" }

    /// Nil unless all three variables are set.
    init?(environmentOf surroundings: CredentialSurroundings) {
        guard let role = surroundings.variable("ALIBABA_CLOUD_ROLE_ARN"),
            let provider = surroundings.variable("ALIBABA_CLOUD_OIDC_PROVIDER_ARN"),
            let tokenFile = surroundings.variable("ALIBABA_CLOUD_OIDC_TOKEN_FILE")
        else { return nil }
        self.init(
            role: role, provider: provider, tokenFile: tokenFile,
            session: surroundings.variable("ALIBABA_CLOUD_ROLE_SESSION_NAME"),
            region: surroundings.variable("ALIBABA_CLOUD_STS_REGION"), surroundings: surroundings)
    }

    init(
        role: String, provider: String, tokenFile: String, session: String?, region: String?,
        surroundings: CredentialSurroundings
    ) {
        self.role = role
        self.provider = provider
        self.tokenFile = tokenFile
        self.session = session ?? "sluice"
        self.region = region ?? ""
        self.surroundings = surroundings
    }

    func load() async throws -> Credentials? {
        guard let token = surroundings.readFile(tokenFile) else {
            throw CloudError(.credentials, "the OIDC token file cannot be read", location: tokenFile)
        }
        // The token goes into the body: addresses end up in the logs of proxies.
        let form = PercentEncoding.canonicalQuery([
            "RoleArn": role, "OIDCProviderArn": provider, "OIDCToken": token, "RoleSessionName": session,
        ])
        let query = PercentEncoding.canonicalQuery([
            "Action": "AssumeRoleWithOIDC", "Version": Product.securityTokens.version, "Format": "JSON",
            "Timestamp": RequestSigner.timestamp(surroundings.clock.now()),
            "SignatureNonce": surroundings.clock.nonce(),
        ])
        let answer = try await SecurityTokenService(surroundings: surroundings, region: region)
            .post(query: query, headers: ["content-type": "application/x-www-form-urlencoded"], body: Array(form.utf8))
        return try SessionAnswer.credentials(in: answer["Credentials"], location: "AssumeRoleWithOIDC")
    }
}
