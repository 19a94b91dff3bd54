import AlibabaCloudCore
import CloudTestSupport
import Testing

@testable import ObjectStores

@Suite struct S3CredentialChainTests {
    private let files = [
        "/home/.aws/credentials": "[default]\naws_access_key_id = D\naws_secret_access_key = s\n",
        "/home/.aws/config": """
        [default]
        region = eu-west-1
        [profile prod]
        region = us-west-2
        aws_access_key_id=P
        aws_secret_access_key=t
        endpoint_url = http://127.0.0.1:1
        [profile role]
        role_arn = arn:aws:iam::1:role/x
        """,
    ]

    private func chain(
        _ environment: [String: String], _ transport: ScriptedTransport = .answering([HTTPResponse(404, "")]),
        files: [String: String]? = nil
    ) -> S3CredentialChain {
        let files = files ?? self.files
        return S3CredentialChain(
            surroundings: CredentialSurroundings(
                environment: environment, home: "/home", readFile: { files[$0] }, transport: transport,
                clock: .system))
    }

    @Test func theEnvironmentComesFirst() async throws {
        let found = try await chain(["AWS_ACCESS_KEY_ID": "E", "AWS_SECRET_ACCESS_KEY": "x", "AWS_SESSION_TOKEN": "t"])
            .credentials()
        #expect(found.accessKeyID == "E" && found.securityToken == Secret("t"))
        await #expect(throws: CloudError.self) { try await chain(["AWS_ACCESS_KEY_ID": "E"]).credentials() }
    }

    @Test func profilesLieInBothFiles() async throws {
        #expect(try await chain([:]).credentials().accessKeyID == "D")
        let prod = chain(["AWS_PROFILE": "prod"])
        #expect(try await prod.credentials().accessKeyID == "P")
        #expect(prod.region == "us-west-2" && prod.endpoint == "http://127.0.0.1:1" && chain([:]).region == "eu-west-1")
        #expect(chain(["AWS_REGION": "r", "AWS_ENDPOINT_URL": "http://e"]).region == "r")
        await #expect(throws: CloudError.self) { try await chain(["AWS_PROFILE": "role"]).credentials() }
        await #expect(throws: CloudError.self) { try await chain(["AWS_PROFILE": "missing"]).credentials() }
    }

    @Test func theContainerGivesTemporaryKeys() async throws {
        let answer = """
            {"AccessKeyId":"C","SecretAccessKey":"s","Token":"t","Expiration":"2099-01-01T00:00:00Z"}
            """
        let transport = ScriptedTransport.answering([HTTPResponse(200, answer)])
        let found = try await chain(
            [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:7/keys",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": "let me in\n",
            ], transport, files: [:]
        ).credentials()
        #expect(found.accessKeyID == "C" && found.expiration != nil)
        #expect(transport.requests.map(\.headers) == [["authorization": "let me in"]])
    }

    @Test func theInstanceIsAskedWithAToken() async throws {
        let transport = ScriptedTransport.answering([
            HTTPResponse(200, "token"), HTTPResponse(200, "role\n"),
            HTTPResponse(200, #"{"AccessKeyId":"I","SecretAccessKey":"s","Token":"t"}"#),
        ])
        #expect(try await chain([:], transport, files: [:]).credentials().accessKeyID == "I")
        #expect(
            transport.requests.map(\.url.path) == [
                "/latest/api/token", "/latest/meta-data/iam/security-credentials/",
                "/latest/meta-data/iam/security-credentials/role",
            ])
    }

    @Test func whereThereIsNothingItSaysWhatToDo() async throws {
        let error = await #expect(throws: CloudError.self) { try await chain([:], files: [:]).credentials() }
        #expect(error?.kind == .credentials && error?.advice?.contains("AWS_ACCESS_KEY_ID") == true)
    }
}
