import AlibabaCloudCore
import Testing

@testable import ObjectStores

@Suite struct ObjectAnswerTests {
    @Test func status206CountsWithTheRightRangeOnly() throws {
        let right = try ObjectAnswer(status: 206, headers: ["content-range": "bytes 5-9/10"], wanted: 5)
        #expect(right.firstByte == 5 && right.identity.size == 10)
        for range in ["bytes 4-9/10", "bytes 5-10/10", "bytes */10", "bytes 5-9/*", ""] {
            #expect(throws: CloudError.self) {
                try ObjectAnswer(status: 206, headers: ["content-range": range], wanted: 5)
            }
        }
    }

    @Test func status200StartsAtTheFirstByteWhateverWasAsked() throws {
        let answer = try ObjectAnswer(
            status: 200, headers: ["content-length": "10", "x-oss-hash-crc64ecma": "18446744073709551615"], wanted: 5)
        #expect(answer.firstByte == 0 && answer.identity.checksum == .max)
    }

    @Test func status200WithTheRightRangeIsTheRange() throws {
        let headers = ["content-range": "bytes 5-9/10", "content-length": "5"]
        let answer = try ObjectAnswer(status: 200, headers: headers, wanted: 5)
        #expect(answer.firstByte == 5 && answer.identity.size == 10 && answer.servesRanges)
        let whole = try ObjectAnswer(status: 200, headers: headers.merging(["content-length": "10"]) { $1 }, wanted: 5)
        #expect(whole.firstByte == 0 && whole.identity.size == 10)
    }

    @Test func objectsAreTheSameWhenNothingThatBothSayDiffers() {
        let one = ObjectIdentity(size: 1, etag: "a", checksum: nil)
        #expect(one.isSame(as: ObjectIdentity(size: 1, etag: nil, checksum: 7)))
        #expect(!one.isSame(as: ObjectIdentity(size: 1, etag: "b", checksum: nil)))
        #expect(!one.isSame(as: ObjectIdentity(size: 2, etag: "a", checksum: nil)))
    }
}
