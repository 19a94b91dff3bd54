import Foundation
import TestSupport

/// A source file of the project, as text.
struct SourceFile {
    var path: String
    var target: String
    var lines: [Substring]

    var name: String { (path as NSString).lastPathComponent }

    /// The modules it imports.
    var imports: Set<String> {
        Set(
            lines.compactMap { line in
                let words = line.split(separator: " ").drop {
                    ["@_exported", "public", "package", "internal", "private", "@testable", "@preconcurrency"].contains(
                        $0)
                }
                return words.first == "import" ? words.dropFirst().first.map(String.init) : nil
            })
    }

    /// Lines without comments, with their numbers.
    var code: [(number: Int, text: String)] {
        lines.enumerated().compactMap { index, line in
            let text = line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? String(line)
            return text.allSatisfy(\.isWhitespace) ? nil : (index + 1, text)
        }
    }

    static let all: [SourceFile] = below("Sources")
    static let tests: [SourceFile] = below("Tests")
    /// The C sources and headers of `Sources` and `Tests`.
    static let kernels: [SourceFile] = below("Sources", [".c", ".h"]) + below("Tests", [".c", ".h"])

    private static func below(_ folder: String, _ endings: [String] = [".swift"]) -> [SourceFile] {
        Files.below(Files.root + "/" + folder).filter { path in endings.contains { path.hasSuffix($0) } }.map { path in
            let text = (try? Files.text("\(Files.root)/\(folder)/\(path)")) ?? ""
            let target = String(path.split(separator: "/").first ?? "")
            return SourceFile(
                path: "\(folder)/\(path)", target: target,
                lines: text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }
}
