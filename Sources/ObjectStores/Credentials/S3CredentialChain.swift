import AlibabaCloudCore
import Foundation

/// Where the AWS tools look for keys: environment, profile, container, instance. The first source in use wins.
///
/// Sources: "Standardized credential providers" of the AWS SDKs and Tools reference. Roles by web identity and by
/// single sign-on are not here.
public struct S3CredentialChain: CredentialsProvider {
    private let store: RefreshedCredentials
    private let profile: S3Profile

    /// - Parameters:
    ///   - transport: for the sources that are addresses: the container's and the instance's.
    ///   - clock: decides when credentials have to be renewed.
    public init(transport: any HTTPTransport, clock: Clockwork = .system) {
        self.init(surroundings: .process(transport: transport, clock: clock))
    }

    package init(surroundings: CredentialSurroundings) {
        profile = S3Profile(surroundings)
        store = RefreshedCredentials(
            sources: [
                S3EnvironmentSource(surroundings: surroundings), profile,
                S3ContainerSource(surroundings: surroundings), S3InstanceSource(surroundings: surroundings),
            ], clock: surroundings.clock,
            advice: "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run ‘aws configure’.")
    }

    /// The credentials of the first source in use, renewed before they expire.
    public func credentials() async throws -> Credentials { try await store.credentials() }

    /// The region of the environment (`AWS_REGION`, `AWS_DEFAULT_REGION`) or of the profile; nil where none is named.
    public var region: String? { profile.region }

    /// An endpoint of one's own, from `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL` or the profile's `endpoint_url`.
    public var endpoint: String? { profile.endpoint }
}

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`.
struct S3EnvironmentSource: CredentialSource {
    let surroundings: CredentialSurroundings
    var location: String { "environment variables" }

    func load() throws -> Credentials? {
        guard let id = surroundings.variable("AWS_ACCESS_KEY_ID") else { return nil }
        guard let secret = surroundings.variable("AWS_SECRET_ACCESS_KEY") else {
            throw CloudError(
                .credentials, "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not", location: location)
        }
        return Credentials(
            accessKeyID: id, accessKeySecret: Secret(secret),
            securityToken: surroundings.variable("AWS_SESSION_TOKEN").map(Secret.init))
    }
}
