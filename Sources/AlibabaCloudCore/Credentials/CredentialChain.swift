/// The vendor's standard chain: environment, OIDC, command line profile, credentials file, ECS metadata, credentials
/// address.
///
/// The first source in use wins and is asked again from then on. Source: the vendor's credentials libraries.
public struct CredentialChain: CredentialsProvider {
    private let store: RefreshedCredentials

    /// - Parameters:
    ///   - profile: a profile by name. It is then looked for in the two files only: keys in the environment do not
    ///     stand in for it.
    ///   - transport: for the sources that are addresses: roles, the instance's metadata, OIDC.
    ///   - clock: decides when credentials have to be renewed.
    public init(profile: String? = nil, transport: any HTTPTransport, clock: Clockwork = .system) {
        self.init(profile: profile, surroundings: .process(transport: transport, clock: clock))
    }

    package init(profile: String? = nil, surroundings: CredentialSurroundings) {
        store = RefreshedCredentials(
            sources: Self.sources(profile: profile, surroundings: surroundings), clock: surroundings.clock,
            advice: "Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run ‘aliyun configure’.")
    }

    /// The credentials of the first source in use, renewed before they expire.
    public func credentials() async throws -> Credentials {
        try await store.credentials()
    }

    package static func sources(profile: String?, surroundings: CredentialSurroundings) -> [any CredentialSource] {
        if let profile {
            return [
                CommandLineProfileSource(wanted: profile, surroundings: surroundings),
                CredentialsFileSource(wanted: profile, surroundings: surroundings),
            ]
        }
        let named = surroundings.variable("ALIBABA_CLOUD_PROFILE")
        let sources: [(any CredentialSource)?] = [
            EnvironmentSource(surroundings: surroundings),
            OIDCSource(environmentOf: surroundings),
            CommandLineProfileSource(wanted: named, surroundings: surroundings),
            CredentialsFileSource(wanted: named, surroundings: surroundings),
            MetadataSource(role: nil, isWanted: false, surroundings: surroundings),
            CredentialsAddressSource(environmentOf: surroundings),
        ]
        return sources.compactMap { $0 }
    }

    /// The region of the environment (`ALIBABA_CLOUD_REGION_ID`) or of the command line profile, for calls that name
    /// none.
    public static func region(profile: String? = nil, transport: any HTTPTransport) -> String? {
        region(profile: profile, surroundings: .process(transport: transport, clock: .system))
    }

    package static func region(profile: String?, surroundings: CredentialSurroundings) -> String? {
        if let region = surroundings.variable("ALIBABA_CLOUD_REGION_ID") { return region }
        let name = profile ?? surroundings.variable("ALIBABA_CLOUD_PROFILE")
        guard let file = try? CommandLineProfileSource.file(surroundings) else { return nil }
        return (try? CommandLineProfile.find(name, in: file))?.region
    }
}
