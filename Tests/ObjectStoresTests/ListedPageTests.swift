import AlibabaCloudCore
import Testing

@testable import ObjectStores

@Suite struct ListedPageTests {
    private func page(_ inner: String) throws -> ListedPage {
        try ListedPage(
            "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\">\(inner)</ListBucketResult>", location: "l")
    }

    @Test func keysAreDecodedAndTagsKeepTheirQuotes() throws {
        let page = try page(
            "<IsTruncated>false</IsTruncated><Contents><Key>a%20b%2B+%E5%90%8D&amp;</Key><ETag>&quot;e1&quot;</ETag>"
                + "<Size>42</Size></Contents><Contents><Size>0</Size><ETag>\"e2\"</ETag><Key>d%2F</Key></Contents>")
        #expect(page.objects.map(\.key) == ["a b+ 名&", "d/"])
        #expect(page.objects.map(\.etag) == ["\"e1\"", "\"e2\""])
        #expect(page.objects.map(\.size) == [42, 0])
        #expect(page.next == nil)
    }

    @Test func theNextPageIsNamed() throws {
        let inner = "<IsTruncated>true</IsTruncated><NextContinuationToken>a&lt;b</NextContinuationToken>"
        #expect(try page(inner).next == "a<b")
    }

    @Test(arguments: [
        "<IsTruncated>true</IsTruncated>", "<Contents><Key>a</Key><ETag>e</ETag>",
        "<Contents><Key>a</Key><ETag>e</ETag></Contents>", "<Contents><Key>a</Key><Size>1</Size></Contents>",
        "<Contents><Key>a</Key><ETag>e</ETag><Size>-1</Size></Contents>",
        "<Contents><Key>%FF</Key><ETag>e</ETag><Size>1</Size></Contents>",
    ])
    func aListThatLacksSomethingIsAnError(inner: String) {
        #expect(throws: CloudError.self) { try page(inner) }
    }

    @Test(arguments: ["", "<html></html>", "<ListBucketResult><IsTruncated>false</IsTruncated>"])
    func whatIsNoListIsAnError(text: String) {
        #expect(throws: CloudError.self) { try ListedPage(text, location: "l") }
    }
}
