import Foundation

/// Checks newline-delimited JSON as any reader would.
package enum JSONLines {
    /// The first thing wrong with it, or nil.
    package static func fault(in bytes: [UInt8]) -> String? {
        guard !bytes.isEmpty else { return nil }
        guard bytes.last == 0x0A else { return "no line feed at the end" }
        for (number, line) in bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard String(validating: line, as: UTF8.self) != nil else { return "line \(number + 1) is not UTF-8" }
            guard isObject(line) else {
                return "line \(number + 1) is not a JSON object: \(String(decoding: line.prefix(200), as: UTF8.self))"
            }
        }
        return nil
    }

    private static func isObject(_ line: ArraySlice<UInt8>) -> Bool {
        if (try? JSONSerialization.jsonObject(with: Data(line))) is [String: Any] { return true }
        // JSON knows numbers that Foundation does not: an exponent too large for it is made small.
        let smaller = String(decoding: line, as: UTF8.self).replacing(/([0-9][eE][-+]?)[0-9]{3,}/) { "\($0.1)9" }
        return (try? JSONSerialization.jsonObject(with: Data(smaller.utf8))) is [String: Any]
    }
}
