import AlibabaCloudCore
import Foundation
import Testing

@testable import ObjectStores

/// The signatures are those of botocore and of the vendor's alibabacloud-oss-v2 for the same requests.
@Suite struct StoreSignerTests {
    private func authorization(_ kind: StoreAddress.Kind, token: String?) throws -> String? {
        let region = kind == .s3 ? "eu-west-1" : "cn-hangzhou"
        let signer = StoreSigner(
            kind: kind,
            credentials: Credentials(
                accessKeyID: "AKID", accessKeySecret: Secret("SECRET"), securityToken: token.map(Secret.init)),
            region: region, date: try Date("2026-11-30T21:36:14Z", strategy: .iso8601))
        return signer.headers(
            method: "GET", host: "bucket.s3.eu-west-1.amazonaws.com", path: "/a%20b/%E5%90%8D%2B",
            resource: "/bucket/a%20b/%E5%90%8D%2B", query: "list-type=2&prefix=a%2Fb", headers: ["range": "bytes=0-9"]
        )["authorization"]
    }

    @Test(arguments: [
        (
            nil, "host;x-amz-content-sha256;x-amz-date",
            "3c299a03193503ef1db56ad3969dcfc68c026a70c045afa6bce601667937e5b5"
        ),
        (
            "TOKEN", "host;x-amz-content-sha256;x-amz-date;x-amz-security-token",
            "a5093369c1041f78ada8e62c9b02c05b5dec9d6589089e045d98764a0648201a"
        ),
    ])
    func signaturesOfS3AreThoseOfBotocore(token: String?, names: String, signature: String) throws {
        #expect(
            try authorization(.s3, token: token)
                == "AWS4-HMAC-SHA256 Credential=AKID/20261130/eu-west-1/s3/aws4_request,"
                + "SignedHeaders=\(names),Signature=\(signature)")
    }

    @Test(arguments: [
        (nil, "4670ab709d2f7264ffdbe60f9a683b8c6cddbc6fb7d38bfcd6057ec848100c95"),
        ("TOKEN", "81b46848a6a332ee9b96f5527774a772e43f6c783409f411665dd19919b9d0aa"),
    ])
    func signaturesOfOSSAreThoseOfTheVendor(token: String?, signature: String) throws {
        #expect(
            try authorization(.oss, token: token)
                == "OSS4-HMAC-SHA256 Credential=AKID/20261130/cn-hangzhou/oss/aliyun_v4_request,Signature=\(signature)")
    }
}
