import AlibabaCloudCore

/// The role of the container: ECS (`AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`) and EKS
/// (`AWS_CONTAINER_CREDENTIALS_FULL_URI`, with a token in `AWS_CONTAINER_AUTHORIZATION_TOKEN` or in the file that
/// `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` names).
struct S3ContainerSource: CredentialSource {
    let surroundings: CredentialSurroundings
    var location: String { "container role" }

    func load() async throws -> Credentials? {
        let address =
            surroundings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").map { "http://169.254.170.2\($0)" }
            ?? surroundings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI")
        guard let address else { return nil }
        let file = surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").flatMap(surroundings.readFile)
        let token = file ?? surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        let request = HTTPRequest(
            .get, try SignedURL(address, upgradingToHTTPS: false),
            headers: token.map { ["authorization": $0.filter { !$0.isNewline }] } ?? [:], patience: .seconds(5))
        return try await S3RoleAnswer.credentials(
            from: try await surroundings.transport.send(request), location: location)
    }
}
