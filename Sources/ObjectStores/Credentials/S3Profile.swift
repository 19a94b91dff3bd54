import AlibabaCloudCore

/// A profile of `~/.aws/credentials` and `~/.aws/config`: `AWS_PROFILE` names it, `default` otherwise.
struct S3Profile: CredentialSource {
    private let surroundings: CredentialSurroundings
    private let name: String
    /// Of both files; what the first says counts.
    private let values: [String: String]

    init(_ surroundings: CredentialSurroundings) {
        self.surroundings = surroundings
        name = surroundings.variable("AWS_PROFILE") ?? "default"
        func section(_ variable: String, _ file: String, _ title: String) -> [String: String] {
            let path = surroundings.variable(variable) ?? "\(surroundings.home)/.aws/\(file)"
            return surroundings.readFile(path).flatMap { ProfileFile.section(title, of: $0) } ?? [:]
        }
        let title = name == "default" ? name : "profile \(name)"
        values = section("AWS_SHARED_CREDENTIALS_FILE", "credentials", name)
            .merging(section("AWS_CONFIG_FILE", "config", title)) { first, _ in first }
    }

    var location: String { "profile ‘\(name)’ of ~/.aws" }

    var region: String? {
        surroundings.variable("AWS_REGION") ?? surroundings.variable("AWS_DEFAULT_REGION") ?? values["region"]
    }

    var endpoint: String? {
        surroundings.variable("AWS_ENDPOINT_URL_S3") ?? surroundings.variable("AWS_ENDPOINT_URL")
            ?? values["endpoint_url"]
    }

    func load() throws -> Credentials? {
        for key in ["role_arn", "credential_process", "sso_session", "sso_start_url"] where values[key] != nil {
            throw CloudError(
                .credentials, "a profile with \(key) is not supported", location: location,
                advice: "Give the keys in the environment, as ‘aws configure export-credentials’ prints them.")
        }
        guard let id = values["aws_access_key_id"] else {
            guard surroundings.variable("AWS_PROFILE") == nil else {
                throw CloudError(.credentials, "the profile has no aws_access_key_id", location: location)
            }
            return nil
        }
        guard let secret = values["aws_secret_access_key"] else {
            throw CloudError(.credentials, "the profile has no aws_secret_access_key", location: location)
        }
        return Credentials(
            accessKeyID: id, accessKeySecret: Secret(secret),
            securityToken: values["aws_session_token"].map(Secret.init))
    }
}
