/// The profile that the vendor's command line tool would use: `~/.aliyun/config.json`.
///
/// `ALIBABA_CLOUD_CONFIG_FILE` names another file, `ALIBABA_CLOUD_PROFILE` a profile;
/// `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true` turns it off.
struct CommandLineProfileSource: CredentialSource {
    let wanted: String?
    let surroundings: CredentialSurroundings
    var location: String { "command line profile in ~/.aliyun/config.json" }

    /// The file's JSON, or nil when there is no file.
    static func file(_ surroundings: CredentialSurroundings) throws(CloudError) -> JSONValue? {
        if surroundings.isOn("ALIBABA_CLOUD_CLI_PROFILE_DISABLED") { return nil }
        let path = surroundings.variable("ALIBABA_CLOUD_CONFIG_FILE") ?? surroundings.home + "/.aliyun/config.json"
        guard let text = surroundings.readFile(path) else { return nil }
        do {
            return try JSONValue(parsing: text)
        } catch {
            throw CloudError(.credentials, "the file is not JSON", location: path)
        }
    }

    func load() async throws -> Credentials? {
        guard let file = try Self.file(surroundings) else { return nil }
        return try await load(wanted, from: file, depth: 0)
    }

    private func load(_ name: String?, from file: JSONValue, depth: Int) async throws -> Credentials? {
        guard let profile = try CommandLineProfile.find(name, in: file) else { return nil }
        switch profile.mode {
        case .key(let credentials): return credentials
        case .assume(let role, .key(let base), let region):
            return try await SecurityTokenService(surroundings: surroundings, region: region ?? "").assume(
                role: role, with: base)
        case .assume(let role, .profile(let source), let region):
            guard depth < 8, let base = try await load(source, from: file, depth: depth + 1) else {
                throw CloudError(
                    .credentials, "the source_profile of ‘\(profile.name)’ leads nowhere", location: location)
            }
            return try await SecurityTokenService(surroundings: surroundings, region: region ?? "").assume(
                role: role, with: base)
        case .instanceRole(let role):
            return try await MetadataSource(role: role, isWanted: true, surroundings: surroundings).load()
        case .oidc(let role, let provider, let tokenFile, let region):
            return try await OIDCSource(
                role: role.arn, provider: provider, tokenFile: tokenFile, session: role.session, region: region,
                surroundings: surroundings
            ).load()
        case .address(let address):
            return try await CredentialsAddressSource(address: address, surroundings: surroundings).load()
        case .foreign(let mode):
            throw CloudError(
                .credentials, "profile ‘\(profile.name)’ uses mode \(mode), which needs the vendor's own tool",
                location: location,
                advice:
                    "Use a profile of mode AK, StsToken, RamRoleArn, EcsRamRole or OIDC, or set "
                    + "ALIBABA_CLOUD_ACCESS_KEY_ID and "
                    + "ALIBABA_CLOUD_ACCESS_KEY_SECRET.")
        }
    }
}
