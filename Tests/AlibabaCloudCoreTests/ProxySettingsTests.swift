import AlibabaCloudCore
import Testing

@Suite struct ProxySettingsTests {
    private func proxy(_ address: String, _ environment: [String: String]) throws -> String? {
        let url = try SignedURL(address, upgradingToHTTPS: false)
        return ProxySettings(environment: environment).proxy(for: url).map { "\($0.host):\($0.port)" }
    }

    @Test func eachSchemeHasItsProxyAndAllproxyStandsIn() throws {
        let environment = ["HTTPS_PROXY": "http://secure:3128", "http_proxy": "plain:8000"]
        #expect(try proxy("https://a.example/", environment) == "secure:3128")
        #expect(try proxy("http://a.example/", environment) == "plain:8000")
        #expect(try proxy("https://a.example/", ["all_proxy": "http://any:1"]) == "any:1")
        #expect(try proxy("http://a.example/", ["HTTP_PROXY": "http://from-a-cgi-header:1"]) == nil)
    }

    @Test(arguments: [
        "https://a.example/", "https://x.a.example/", "http://127.0.0.1/", "http://[::1]/", "http://100.100.100.200/",
    ])
    func exceptionsLoopbackAndMetadataAreDirect(address: String) throws {
        #expect(try proxy(address, ["all_proxy": "http://any:1", "no_proxy": "other, .a.example"]) == nil)
    }
}
