/// A profile of the vendor's command line tool, `~/.aliyun/config.json`, as a value.
struct CommandLineProfile: Sendable, Equatable {
    let name: String
    let region: String?
    let mode: Mode

    indirect enum Mode: Sendable, Equatable {
        case key(Credentials)
        case assume(AssumedRole, from: Origin, region: String?)
        case instanceRole(String?)
        case oidc(role: AssumedRole, provider: String, tokenFile: String, region: String?)
        case address(String)
        /// A mode that needs the vendor's own tool: CloudSSO, OAuth, External.
        case foreign(String)
    }

    enum Origin: Sendable, Equatable {
        case key(Credentials)
        case profile(String)
    }

    /// The profile called `name`, else the file's current one; nil when the file names none.
    static func find(_ name: String?, in file: JSONValue) throws(CloudError) -> CommandLineProfile? {
        guard let wanted = name ?? file["current"].text else { return nil }
        guard let json = file["profiles"].items().first(where: { $0["name"].text == wanted }) else {
            if name == nil { return nil }
            throw CloudError(
                .credentials, "there is no profile ‘\(wanted)’", location: "~/.aliyun/config.json",
                advice: "Name one of the profiles that ‘aliyun configure list’ shows.")
        }
        return CommandLineProfile(name: wanted, region: json["region_id"].text, mode: try mode(json, name: wanted))
    }

    private static func mode(_ json: JSONValue, name: String) throws(CloudError) -> Mode {
        func need(_ field: String) throws(CloudError) -> String {
            if let text = json[field].text { return text }
            throw CloudError(.credentials, "profile ‘\(name)’ has no \(field)", location: "~/.aliyun/config.json")
        }
        func key() throws(CloudError) -> Credentials {
            Credentials(
                accessKeyID: try need("access_key_id"), accessKeySecret: Secret(try need("access_key_secret")),
                securityToken: json["sts_token"].text.map(Secret.init))
        }
        func role() throws(CloudError) -> AssumedRole {
            AssumedRole(
                arn: try need("ram_role_arn"), session: json["ram_session_name"].text,
                seconds: json["expired_seconds"].integer.map { Int($0) }, externalID: json["external_id"].text)
        }
        let mode = json["mode"].text ?? "AK"
        switch mode {
        case "AK", "StsToken": return .key(try key())
        case "RamRoleArn": return .assume(try role(), from: .key(try key()), region: json["sts_region"].text)
        case "ChainableRamRoleArn":
            return .assume(try role(), from: .profile(try need("source_profile")), region: json["sts_region"].text)
        case "EcsRamRole": return .instanceRole(json["ram_role_name"].text)
        case "OIDC":
            return .oidc(
                role: try role(), provider: try need("oidc_provider_arn"), tokenFile: try need("oidc_token_file"),
                region: json["sts_region"].text)
        case "CredentialsURI": return .address(try need("credentials_uri"))
        default: return .foreign(mode)
        }
    }
}
