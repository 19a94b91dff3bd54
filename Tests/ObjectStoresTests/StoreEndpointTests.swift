import AlibabaCloudCore
import Testing

@testable import ObjectStores

@Suite struct StoreEndpointTests {
    private func url(
        _ kind: StoreAddress.Kind, _ endpoint: String?, region: String = "cn-hangzhou", bucket: String = "b"
    ) throws -> String {
        try StoreEndpoint(kind, region: region, endpoint: endpoint).url(bucket: bucket, key: "a b/+/名", query: "")
            .revealed
    }

    private let path = "a%20b/%2B/%E5%90%8D"

    @Test func theBucketStandsBeforeTheHostOfARegion() throws {
        #expect(try url(.oss, nil) == "https://b.oss-cn-hangzhou.aliyuncs.com/" + path)
        #expect(try url(.s3, nil, region: "eu-west-1") == "https://b.s3.eu-west-1.amazonaws.com/" + path)
        #expect(try url(.s3, nil, region: "cn-north-1") == "https://b.s3.cn-north-1.amazonaws.com.cn/" + path)
        #expect(
            try url(.oss, "oss-cn-beijing-internal.aliyuncs.com")
                == "https://b.oss-cn-beijing-internal.aliyuncs.com/" + path)
    }

    @Test func theBucketStandsInThePathOfServersOfOnesOwn() throws {
        #expect(try url(.s3, "http://minio:9000") == "http://minio:9000/b/" + path)
        #expect(try url(.oss, "http://127.0.0.1:80") == "http://127.0.0.1:80/b/" + path)
        #expect(
            try url(.s3, nil, region: "eu-west-1", bucket: "a.b").hasPrefix("https://s3.eu-west-1.amazonaws.com/a.b/"))
    }

    @Test(arguments: ["http://host/path", "ftp://host", "https://"])
    func whatIsNoHostIsRefused(endpoint: String) {
        #expect(throws: CloudError.self) { try StoreEndpoint(.s3, region: "r", endpoint: endpoint) }
    }

    @Test(arguments: [
        ("oss-cn-hangzhou.aliyuncs.com", "cn-hangzhou"), ("https://oss-ap-south-1-internal.aliyuncs.com", "ap-south-1"),
        ("http://127.0.0.1", nil), ("example.com", nil),
    ])
    func theRegionOfAnEndpointIsRead(endpoint: String, region: String?) {
        #expect(StoreClient.region(of: endpoint) == region)
    }
}
