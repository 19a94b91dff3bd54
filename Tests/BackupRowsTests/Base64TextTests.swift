import TestSupport
import Testing

/// Base64 as MySQL's TO_BASE64 writes it.
@Suite struct Base64TextTests {
    private func hex(_ text: String) -> Set<String?> {
        Set(
            PreparedValue.all.map { kernels in
                kernels.base64(Array(text.utf8)).map { bytes in
                    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                }
            })
    }

    @Test(arguments: [
        ("", ""), ("AP8=", "00ff"), ("AA==", "00"), ("YWJj", "616263"), ("YWJj\nZGU=", "6162636465"),
        ("+/+/", "fbffbf"),
    ])
    func decodes(_ text: String, _ bytes: String) { #expect(hex(text) == [bytes]) }

    @Test(arguments: ["A", "AP8", "AP8=A", "A===", "====", "AP8=AAAA", "A*8=", "é"])
    func refuses(_ text: String) { #expect(hex(text) == [nil]) }
}
