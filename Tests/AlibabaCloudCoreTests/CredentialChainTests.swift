import AlibabaCloudCore
import CloudTestSupport
import Foundation
import Testing

@Suite struct CredentialChainTests {
    private func surroundings(
        _ environment: [String: String] = [:], files: [String: String] = [:], transport: any HTTPTransport = silence
    ) -> CredentialSurroundings {
        CredentialSurroundings(
            environment: environment, home: "/home/me", readFile: { files[$0] }, transport: transport,
            clock: TurnedClock().clockwork())
    }

    private static let silence = ScriptedTransport { _ in throw CloudError(.network, "nobody there", canRetry: true) }
    private static let session =
        #"{"AccessKeyId": "STS.x", "AccessKeySecret": "s", "SecurityToken": "t", "#
        + #""Expiration": "2026-01-02T09:04:05Z", "Code": "Success"}"#

    private let config = #"""
        {"current": "dev", "profiles": [
          {"name": "dev", "mode": "AK", "access_key_id": "dev-id", "access_key_secret": "s", "region_id": "cn-beijing"},
          {"name": "sts", "mode": "StsToken", "access_key_id": "sts-id", "access_key_secret": "s", "sts_token": "t"},
          {"name": "role", "mode": "RamRoleArn", "access_key_id": "id", "access_key_secret": "s", "ram_role_arn": \#
          "acs:ram::1:role/r"},
          {"name": "chain", "mode": "ChainableRamRoleArn", "source_profile": "dev", "ram_role_arn": \#
          "acs:ram::1:role/r"},
          {"name": "sso", "mode": "CloudSSO"}]}
        """#

    @Test func theEnvironmentComesFirst() async throws {
        let key = try await CredentialChain(
            surroundings: surroundings(
                [
                    "ALIBABA_CLOUD_ACCESS_KEY_ID": "env-id", "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "s",
                    "ALIBABA_CLOUD_SECURITY_TOKEN": "t",
                ], files: ["/home/me/.aliyun/config.json": config])
        ).credentials()
        #expect(key.accessKeyID == "env-id" && key.securityToken == Secret("t"))
    }

    @Test func theOrderIsTheVendors() {
        let everything = surroundings([
            "ALIBABA_CLOUD_ROLE_ARN": "a", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": "p",
            "ALIBABA_CLOUD_OIDC_TOKEN_FILE": "/t",
            "ALIBABA_CLOUD_CREDENTIALS_URI": "http://127.0.0.1/c",
        ])
        #expect(
            CredentialChain.sources(profile: nil, surroundings: everything).map(\.location) == [
                "environment variables", "OIDC token file", "command line profile in ~/.aliyun/config.json",
                "credentials file in ~/.alibabacloud", "ECS instance role", "credentials address",
            ])
    }

    @Test(arguments: [(nil, "dev-id"), ("sts", "sts-id")] as [(String?, String)])
    func aProfileOfTheCommandLineTool(name: String?, id: String) async throws {
        let chain = CredentialChain(
            profile: name, surroundings: surroundings(files: ["/home/me/.aliyun/config.json": config]))
        #expect(try await chain.credentials().accessKeyID == id)
    }

    @Test(arguments: ["role", "chain"])
    func aRoleIsAssumedWithTheProfilesKey(name: String) async throws {
        let sts = ScriptedTransport.answering([HTTPResponse(200, #"{"Credentials": \#(Self.session)}"#)])
        let files = ["/home/me/.aliyun/config.json": config]
        let chain = CredentialChain(profile: name, surroundings: surroundings(files: files, transport: sts))
        #expect(try await chain.credentials().accessKeyID == "STS.x")
        #expect(sts.requests[0].url.host == "sts.aliyuncs.com")
        #expect(sts.requests[0].headers["x-acs-action"] == "AssumeRole")
    }

    @Test(arguments: ["sso", "nobody"])
    func aProfileThatCannotBeUsedStopsTheChainAndSaysSo(name: String) async {
        let chain = CredentialChain(
            profile: name, surroundings: surroundings(files: ["/home/me/.aliyun/config.json": config]))
        await #expect { try await chain.credentials() } throws: {
            ($0 as? CloudError)?.kind == .credentials && "\($0)".contains(name)
        }
    }

    @Test func theSDKsFileBySection() async throws {
        let file =
            "# mine\n[default]\ntype = access_key\naccess_key_id = ini-id\naccess_key_secret = s\n[other]\n"
            + "access_key_id = no\n"
        let chain = CredentialChain(surroundings: surroundings(files: ["/home/me/.alibabacloud/credentials.ini": file]))
        #expect(try await chain.credentials().accessKeyID == "ini-id")
    }

    @Test func anOIDCTokenTravelsInTheBodyNotInTheAddress() async throws {
        let sts = ScriptedTransport.answering([HTTPResponse(200, #"{"Credentials": \#(Self.session)}"#)])
        let chain = CredentialChain(
            surroundings: surroundings(
                [
                    "ALIBABA_CLOUD_ROLE_ARN": "role", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": "idp",
                    "ALIBABA_CLOUD_OIDC_TOKEN_FILE": "/token", "ALIBABA_CLOUD_STS_REGION": "cn-beijing",
                ], files: ["/token": "pod-token"], transport: sts))
        #expect(try await chain.credentials().securityToken == Secret("t"))
        #expect(sts.requests[0].url.host == "sts.cn-beijing.aliyuncs.com")
        #expect(!sts.requests[0].url.revealed.contains("pod-token"))
        #expect(String(decoding: sts.requests[0].body, as: UTF8.self).contains("OIDCToken=pod-token"))
    }

    @Test func anInstancesRoleWithAMetadataToken() async throws {
        let metadata = ScriptedTransport { request in
            if request.method == .put { return HTTPResponse(200, "meta-token") }
            guard request.headers["x-aliyun-ecs-metadata-token"] == "meta-token" else { return HTTPResponse(403, "") }
            return HTTPResponse(200, request.url.path.hasSuffix("/") ? "my-role" : Self.session)
        }
        let key = try await CredentialChain(surroundings: surroundings(transport: metadata)).credentials()
        #expect(key.accessKeyID == "STS.x" && key.expiration != nil)
        #expect(metadata.requests.last?.url.path.hasSuffix("/my-role") == true)
    }

    @Test func aCredentialsAddressComesLast() async throws {
        let transport = ScriptedTransport { request in
            if request.url.host != "127.0.0.1" { throw CloudError(.network, "", canRetry: true) }
            return HTTPResponse(200, Self.session)
        }
        let chain = CredentialChain(
            surroundings: surroundings(
                ["ALIBABA_CLOUD_CREDENTIALS_URI": "http://127.0.0.1/key"], transport: transport))
        #expect(try await chain.credentials().accessKeyID == "STS.x")
    }

    @Test func whereNothingIsFoundTheErrorSaysWhereWasLooked() async {
        await #expect { try await CredentialChain(surroundings: surroundings()).credentials() } throws: {
            "\($0)".contains("environment variables") && "\($0)".contains("aliyun configure")
        }
    }

    @Test func theRegionComesFromTheEnvironmentOrTheProfile() {
        let files = ["/home/me/.aliyun/config.json": config]
        #expect(CredentialChain.region(profile: nil, surroundings: surroundings(files: files)) == "cn-beijing")
        #expect(
            CredentialChain.region(
                profile: nil, surroundings: surroundings(["ALIBABA_CLOUD_REGION_ID": "eu-west-1"], files: files))
                == "eu-west-1")
    }
}
