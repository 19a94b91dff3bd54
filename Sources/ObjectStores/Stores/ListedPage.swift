import AlibabaCloudCore
import Foundation

/// A page of a list of objects, as both stores answer `list-type=2`.
///
///     <ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>…</NextContinuationToken>
///       <Contents><Key>percent-encoded</Key><ETag>&quot;…&quot;</ETag><Size>42</Size></Contents>…
///
/// Source: "ListObjectsV2" in the documentation of both.
struct ListedPage {
    struct Object {
        let key: String
        let size: Int
        let etag: String
    }

    let objects: [Object]
    /// Of the next page; nil on the last.
    let next: String?

    /// - Throws: `CloudError` of the kind `unexpectedAnswer` where the text is no such page: nothing may be left out.
    init(_ text: String, location: String) throws(CloudError) {
        func broken(_ why: String) -> CloudError {
            CloudError(.unexpectedAnswer, "the store's list \(why)", location: location)
        }
        guard text.contains("<ListBucketResult"), text.contains("</ListBucketResult>") else {
            throw broken("is none, or was cut")
        }
        var objects: [Object] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "<Contents>") {
            guard let end = rest[start.upperBound...].firstRange(of: "</Contents>") else { throw broken("was cut") }
            let content = rest[start.upperBound ..< end.lowerBound]
            rest = rest[end.upperBound...]
            guard let key = Self.element("Key", in: content).flatMap(Self.decoded),
                let size = Self.element("Size", in: content).flatMap({ Int($0) }), size >= 0,
                let etag = Self.element("ETag", in: content), !etag.isEmpty
            else { throw broken("has an object without key, size or tag") }
            objects.append(Object(key: key, size: size, etag: etag))
        }
        self.objects = objects
        guard Self.element("IsTruncated", in: text[...]) == "true" else {
            next = nil
            return
        }
        guard let token = Self.element("NextContinuationToken", in: text[...]), !token.isEmpty else {
            throw broken("has another page, and does not name it")
        }
        next = token
    }

    /// The text of the first element of that name, its entities resolved.
    private static func element(_ name: String, in text: Substring) -> String? {
        guard let start = text.firstRange(of: "<\(name)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(name)>")
        else { return nil }
        var value = String(text[start.upperBound ..< end.lowerBound])
        for (entity, character) in [
            ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"),
            ("&amp;", "&"),
        ] {
            value = value.replacing(entity, with: character)
        }
        return value
    }

    /// `+` is a space, as in forms; nil where the bytes are no UTF-8.
    private static func decoded(_ key: String) -> String? {
        key.replacing("+", with: " ").removingPercentEncoding
    }
}
