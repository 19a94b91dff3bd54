import AlibabaCloudCore
import CloudTestSupport
import Logging
import Testing

@Suite struct ServiceClientTests {
    private let clock = TurnedClock()

    private func client(_ transport: ScriptedTransport) -> ServiceClient {
        ServiceClient(
            endpoint: .region("eu-central-1"), credentials: StandIn.key, transport: transport, retry: .standard,
            clock: clock.clockwork(), logger: Logger(label: "test"))
    }

    @Test func eachAttemptIsSignedAnewWithItsOwnNonceAndDate() async throws {
        let transport = ScriptedTransport.answering([
            HTTPResponse(503, "<html>"), HTTPResponse(200, #"{"Success": true}"#),
        ])
        _ = try await client(transport).send(
            APICall(.advancedDownload, "DescribeDownloadTask", ["RegionCode": "eu-central-1"]))
        let (first, second) = (transport.requests[0].headers, transport.requests[1].headers)
        #expect(first["x-acs-signature-nonce"] != second["x-acs-signature-nonce"])
        #expect(first["authorization"] != second["authorization"])
        #expect(transport.requests[0].url.host == "dbs-api.eu-central-1.aliyuncs.com")
        #expect(transport.requests[0].method == .post && transport.requests[0].url.scheme == "https")
    }

    @Test func theWaitThatTheServiceNamesIsKept() async throws {
        let transport = ScriptedTransport.answering([
            HTTPResponse(400, #"{"Code": "Throttling.Api"}"#, headers: ["x-ratelimit-user-api": "TimeLeft:1234"]),
            HTTPResponse(200, #"{"Success": true}"#),
        ])
        _ = try await client(transport).send(APICall(.advancedDownload, "DescribeDownloadTask", [:]))
        #expect(clock.naps == [.milliseconds(1234)])
    }

    @Test func aCreatingCallIsSentOnceWhenTheConnectionBreaks() async throws {
        let transport = ScriptedTransport { _ in throw CloudError(.network, "broken", canRetry: true) }
        let call = APICall(.advancedDownload, "CreateDownload", [:], repetition: .lookFirst)
        await #expect { try await client(transport).send(call) } throws: { ($0 as? CloudError)?.kind == .unclear }
        #expect(transport.requests.count == 1)
    }

    @Test func throttlingDidNothingSoACreatingCallIsSentAgain() async throws {
        let transport = ScriptedTransport.answering([
            HTTPResponse(429, #"{"Code": "Throttling.User"}"#), HTTPResponse(200, #"{"Success": true}"#),
        ])
        _ = try await client(transport).send(APICall(.advancedDownload, "CreateDownload", [:], repetition: .lookFirst))
        #expect(transport.requests.count == 2)
    }

    @Test func aServiceThatQuotesTheRequestBackDoesNotGiveTheTokenAway() async throws {
        let key = Credentials(accessKeyID: "id", accessKeySecret: Secret("s3cret"), securityToken: Secret("t0ken"))
        let transport = ScriptedTransport.answering([
            HTTPResponse(
                400, #"{"Code": "SignatureDoesNotMatch", "Message": "x-acs-security-token:t0ken, key s3cret"}"#)
        ])
        let client = ServiceClient(
            endpoint: .region("cn-beijing"), credentials: key, transport: transport, retry: .standard,
            clock: clock.clockwork(), logger: Logger(label: "test"))
        await #expect { try await client.send(APICall(.rds, "DescribeBackups", [:])) } throws: {
            let text = String(reflecting: $0)
            return ($0 as? CloudError)?.kind == .credentials && !text.contains("t0ken") && !text.contains("s3cret")
        }
    }

    @Test(arguments: [
        (Product.advancedDownload, "cn-guangzhou", "dbs-api.cn-hangzhou.aliyuncs.com"),
        (.rds, "cn-beijing", "rds.aliyuncs.com"), (.rds, "eu-west-1", "rds.eu-west-1.aliyuncs.com"),
        (.polarDB, "ap-southeast-1", "polardb.ap-southeast-1.aliyuncs.com"),
    ])
    func hostsFollowTheVendorsEndpointTable(product: Product, region: String, host: String) {
        #expect(product.host(region: region) == host)
    }
}
