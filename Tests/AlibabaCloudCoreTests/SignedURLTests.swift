import AlibabaCloudCore
import Testing

@Suite struct SignedURLTests {
    @Test(arguments: [
        ("//h.example/a?s=1", "https://h.example/a?s=1"),
        ("\"//h.example/a?s=1\"", "https://h.example/a?s=1"),
        ("“https://h.example/a?s=1”", "https://h.example/a?s=1"),
        (" http://h.example/a?s=%2B ", "https://h.example/a?s=%2B"),
        ("http://127.0.0.1:80/a", "http://127.0.0.1:80/a"),
        ("//127.0.0.1:80/a", "http://127.0.0.1:80/a"),
        ("//h.example:8443/a", "https://h.example:8443/a"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
    ])
    func linksAreUnderstoodAsTheServiceReallySendsThem(text: String, whole: String) throws {
        #expect(try SignedURL(text).revealed == whole)
    }

    @Test func httpMayStayHttpWhenAsked() throws {
        #expect(try SignedURL("http://h.example/a", upgradingToHTTPS: false).scheme == "http")
    }

    @Test(arguments: ["", "ftp://h/a", "dt-123", "https://"])
    func anythingElseIsNoLink(text: String) {
        #expect(throws: CloudError.self) { try SignedURL(text) }
    }

    @Test func anIPv6HostKeepsItsBracketsInTheHostHeaderOnly() throws {
        let url = try SignedURL("https://[2001:db8::1]:8443/a")
        #expect(url.host == "2001:db8::1")
        #expect(url.description == "https://[2001:db8::1]:8443/a")
    }
}
