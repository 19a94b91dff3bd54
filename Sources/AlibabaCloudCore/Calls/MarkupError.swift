/// The error document of the store and of some gateways:
/// `<Error><Code>…</Code><Message>…</Message><RequestId>…</RequestId>…`.
package struct MarkupError: Sendable {
    package let code: String
    package let message: String?
    package let requestID: String?

    package init?(_ text: String) {
        guard let code = Self.element("Code", in: text) else { return nil }
        self.code = code
        message = Self.element("Message", in: text)
        requestID = Self.element("RequestId", in: text)
    }

    /// The text of the first element of that name, if it is short and plain.
    private static func element(_ name: String, in text: String) -> String? {
        guard let start = text.firstRange(of: "<\(name)>")?.upperBound,
            let end = text[start...].firstRange(of: "</\(name)>")?.lowerBound
        else { return nil }
        let content = text[start ..< end]
        return content.isEmpty || content.count > 200 || content.contains("<") ? nil : String(content)
    }
}
