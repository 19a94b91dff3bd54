/// The service that turns a key or a token into a role's temporary key.
struct SecurityTokenService: Sendable {
    let surroundings: CredentialSurroundings
    let region: String

    private var host: String {
        guard surroundings.isOn("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"), !region.isEmpty else {
            return Product.securityTokens.host(region: region)
        }
        return "sts-vpc.\(region).aliyuncs.com"
    }

    /// Another role's key, taken with the key at hand.
    func assume(role: AssumedRole, with base: Credentials) async throws -> Credentials {
        let query = PercentEncoding.canonicalQuery(
            [
                "RoleArn": role.arn, "RoleSessionName": role.session, "DurationSeconds": String(role.seconds),
                "Policy": role.policy ?? "", "ExternalId": role.externalID ?? "",
            ].filter { !$0.value.isEmpty })
        let headers = RequestSigner(
            credentials: base, date: surroundings.clock.now(), nonce: surroundings.clock.nonce()
        ).headers(
            method: "POST", host: host, action: "AssumeRole", version: Product.securityTokens.version, query: query)
        let answer = try await post(query: query, headers: headers)
        return try SessionAnswer.credentials(in: answer["Credentials"], location: "AssumeRole")
    }

    func post(query: String, headers: [String: String], body: [UInt8] = []) async throws -> JSONValue {
        let request = HTTPRequest(
            .post, try SignedURL("https://\(host)/?\(query)"), headers: headers, body: body, patience: .seconds(10))
        let response = try await surroundings.transport.send(request)
        let call = APICall(.securityTokens, "AssumeRole", [:])
        do {
            return try ServiceAnswer(
                call: call, status: response.status, headers: response.headers, text: try await response.text()
            ).value()
        } catch var error as CloudError {
            if !error.canRetry { error.kind = .credentials }
            throw error
        }
    }
}
