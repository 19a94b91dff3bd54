import Foundation

/// A file of profiles: `[section]` and `key = value`, as the command lines and SDKs of both vendors keep them.
package enum ProfileFile {
    /// The keys of one `[section]`; comments begin with `#` or `;`.
    package static func section(_ name: String, of text: String) -> [String: String]? {
        var current = ""
        var found: [String: String]?
        for line in text.split(whereSeparator: \.isNewline).map({ $0.trimmingCharacters(in: .whitespaces) }) {
            if line.hasPrefix("[") && line.hasSuffix("]") {
                current = line.dropFirst().dropLast().trimmingCharacters(in: .whitespaces)
                if current == name { found = found ?? [:] }
            } else if current == name, !line.hasPrefix("#"), !line.hasPrefix(";"), let equals = line.firstIndex(of: "=")
            {
                let value = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
                found?[line[..<equals].trimmingCharacters(in: .whitespaces)] = value.isEmpty ? nil : value
            }
        }
        return found
    }
}
