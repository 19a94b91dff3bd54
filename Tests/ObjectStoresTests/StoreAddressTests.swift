import AlibabaCloudCore
import ObjectStores
import Testing

@Suite struct StoreAddressTests {
    @Test(arguments: [
        ("oss://exports/shop.tar.gz", StoreAddress(kind: .oss, bucket: "exports", key: "shop.tar.gz")),
        ("S3://b/a//b?c#d/", StoreAddress(kind: .s3, bucket: "b", key: "a//b?c#d/")),
        ("s3://my.bucket_1-x", StoreAddress(kind: .s3, bucket: "my.bucket_1-x", key: "")),
        ("s3://b/", StoreAddress(kind: .s3, bucket: "b", key: "")),
    ])
    func anAddressIsBucketAndKey(text: String, address: StoreAddress) throws {
        #expect(try StoreAddress(text) == address)
    }

    @Test(arguments: ["shop.tar.gz", "/oss://b/k", "oss:/b/k", "https://b.example/k", "gs://b/k", ""])
    func anythingElseIsNone(text: String) throws {
        #expect(try StoreAddress(text) == nil)
    }

    @Test(arguments: [
        "s3://", "s3:///key", "oss://evil.example@b/k", "s3://b:80/k", "s3://ü/k", "s3://../k", "s3://a b",
    ])
    func whatWouldBeAnotherHostIsRefused(text: String) {
        #expect(throws: CloudError.self) { try StoreAddress(text) }
    }
}
