import AlibabaCloudCore
import Foundation
import Testing

/// The vectors come from outside: V-1 from the vendor's documentation, V-2 from its SDK's own tests; V-3 and V-4 were
/// computed by independent code that reproduces V-1.
@Suite struct RequestSignerTests {
    @Test func theVendorsDocumentedExampleIsSignedAlike() {
        let signer = RequestSigner(
            credentials: Credentials(accessKeyID: "YourAccessKeyId", accessKeySecret: Secret("YourAccessKeySecret")),
            date: .distantPast, nonce: "")
        let headers = [
            "host": "ecs.cn-shanghai.aliyuncs.com", "x-acs-action": "RunInstances", "x-acs-version": "2014-05-26",
            "x-acs-date": "2023-10-26T10:22:32Z", "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
            "x-acs-content-sha256": RequestSigner.emptyBodyHash,
        ]
        let query = PercentEncoding.canonicalQuery([
            "RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
        ])
        let canonical = RequestSigner.canonicalRequest(
            method: "POST", path: "/", query: query, headers: headers, payloadHash: RequestSigner.emptyBodyHash)
        #expect(
            RequestSigner.stringToSign(canonical)
                == "ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259")
        #expect(
            signer.sign(RequestSigner.stringToSign(canonical))
                == "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")
    }

    @Test func theVendorsSDKTestIsSignedAlike() {
        let signer = RequestSigner(
            credentials: Credentials(accessKeyID: "acesskey", accessKeySecret: Secret("secret")), date: .distantPast,
            nonce: "")
        let authorization = signer.authorization(
            method: "", path: "/", query: PercentEncoding.canonicalQuery(["test": "ok", "empty": ""]),
            headers: ["x-acs-test": "http,https"],
            payloadHash: "55e12e91650d2fec56ec74e1d3e4ddbfce2ef3a65890c2a19ecf88a307e76a23")
        #expect(
            authorization == "ACS3-HMAC-SHA256 Credential=acesskey,SignedHeaders=x-acs-test,"
                + "Signature=4ab59fffe3c5738ff8a2729f90cc04fe18b02a4b15b2102cbaf92f9ff3df2ea3")
    }

    @Test func aWholeCallIsSignedAlike() {
        let headers = Self.call(with: nil)
        #expect(headers["x-acs-date"] == "2026-01-02T03:04:05Z")
        #expect(
            headers["authorization"]?.hasSuffix("e391d4882c25437048c8098b6f483c9c631d86659512771862ef487066f40f27")
                == true)
    }

    @Test func theSessionTokenIsSigned() {
        let headers = Self.call(with: Secret("sts+token/with=chars"))
        #expect(headers["x-acs-security-token"] == "sts+token/with=chars")
        #expect(
            headers["authorization"]?.hasSuffix("e967221448a0d17116a1cf1de5c127d69e8a21dd0df313027f6b18aac6bb66fa")
                == true)
    }

    private static func call(with token: Secret?) -> [String: String] {
        RequestSigner(
            credentials: Credentials(
                accessKeyID: "testid", accessKeySecret: Secret("testsecret"), securityToken: token),
            date: Date(timeIntervalSince1970: 1_767_323_045), nonce: "0123456789abcdef0123456789abcdef"
        ).headers(
            method: "POST", host: "dbs-api.cn-hangzhou.aliyuncs.com", action: "CreateDownload", version: "2021-01-01",
            query: PercentEncoding.canonicalQuery([
                "TargetType": "URL", "RegionCode": "cn-hangzhou", "InstanceName": "rm-example", "BakSetType": "full",
                "BakSetId": "146005", "FormatType": "csv-with-header",
            ]))
    }

    @Test func onlyUnreservedCharactersStayAsTheyAre() {
        #expect(PercentEncoding.encode("aZ09-_.~ *+/é") == "aZ09-_.~%20%2A%2B%2F%C3%A9")
    }
}
