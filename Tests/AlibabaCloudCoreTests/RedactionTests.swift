import AlibabaCloudCore
import Testing

@Suite struct RedactionTests {
    @Test func aSecretPrintsAsStarsHoweverItIsPrinted() {
        let secret = Secret("hunter2")
        let credentials = Credentials(accessKeyID: "id", accessKeySecret: secret, securityToken: Secret("hunter2"))
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in [
            "\(secret)", String(reflecting: secret), "\(credentials)", String(reflecting: credentials), dumped,
        ] {
            #expect(!text.contains("hunter2"))
        }
    }

    @Test func aSignedAddressPrintsWithoutItsQuery() throws {
        let url = try SignedURL("https://store.example/a.tar.gz?Signature=hunter2")
        var dumped = ""
        dump(HTTPRequest(.get, url, headers: ["x-acs-security-token": "hunter2"]), to: &dumped)
        for text in ["\(url)", String(reflecting: url), "\(HTTPRequest(.get, url))", dumped, "\([url])"] {
            #expect(!text.contains("hunter2"))
        }
    }
}
