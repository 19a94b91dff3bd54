import Testing

@testable import BackupChanges

@Suite struct FloatTextTests {
    @Test(arguments: [
        (1e-10, "0.0000000001"), (1e-15, "0.000000000000001"), (1e-16, "1e-16"), (1.5e-300, "1.5e-300"),
        (999_999_999_999_999, "999999999999999"), (1e15, "1e15"), (-0.0, "-0"), (100, "100"), (-2.5, "-2.5"),
        (1.2345678901234568e17, "1.2345678901234568e17"), (0.1, "0.1"), (12_345.678, "12345.678"),
    ])
    func digitsStandAsMySQLPrintsThem(number: Double, text: String) {
        let written = String(unsafeUninitializedCapacity: FloatText.room) { out in
            out.baseAddress.map { FloatText.put(number, $0) } ?? 0
        }
        #expect(written == text)
        #expect(Double(text) == number)
    }
}
