/// A local address that hands out temporary keys: `ALIBABA_CLOUD_CREDENTIALS_URI`.
struct CredentialsAddressSource: CredentialSource {
    let address: String
    let surroundings: CredentialSurroundings
    var location: String { "credentials address" }

    init?(environmentOf surroundings: CredentialSurroundings) {
        guard let address = surroundings.variable("ALIBABA_CLOUD_CREDENTIALS_URI") else { return nil }
        self.init(address: address, surroundings: surroundings)
    }

    init(address: String, surroundings: CredentialSurroundings) {
        self.address = address
        self.surroundings = surroundings
    }

    func load() async throws -> Credentials? {
        let url = try SignedURL(address, upgradingToHTTPS: false)
        let response = try await surroundings.transport.send(HTTPRequest(.get, url, patience: .seconds(10)))
        guard response.status == 200 else {
            throw CloudError(
                .credentials, "the credentials address refused", location: url.description, httpStatus: response.status)
        }
        return try SessionAnswer.credentials(
            in: JSONValue(parsing: try await response.text(limit: 1 << 16)), location: location)
    }
}
