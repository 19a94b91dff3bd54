import Foundation

/// Checks newline-delimited JSON as any reader would.
package enum JSONLines {
    /// The first thing wrong with it, or nil.
    package static func fault(in bytes: [UInt8]) -> String? {
        guard !bytes.isEmpty else { return nil }
        guard bytes.last == 0x0A else { return "no line feed at the end" }
        for (number, line) in bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard String(validating: line, as: UTF8.self) != nil else { return "line \(number + 1) is not UTF-8" }
            guard let value = try? JSONSerialization.jsonObject(with: Data(line)), value is [String: Any] else {
                return "line \(number + 1) is not a JSON object: \(String(decoding: line.prefix(200), as: UTF8.self))"
            }
        }
        return nil
    }
}
