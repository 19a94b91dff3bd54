import Foundation

/// Where things lie in this package, and what lies there.
package enum Files {
    /// The folder with Package.swift.
    package static let root: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0 ..< 3 { url.deleteLastPathComponent() }
        return url.path
    }()

    package static let fixtures = root + "/Tests/Fixtures"
    /// Other people's files; not everybody has them.
    package static let corpus = root + "/../shared/corpus"

    package static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
    package static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }
    package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Regular files below a folder, as relative paths in order.
    package static func below(_ folder: String) -> [String] {
        var found: [String] = []
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder), !isFolder.boolValue
            {
                found.append(path)
            }
        }
        return found.sorted()
    }

    /// Names in a folder, in order; empty where there is no such folder.
    package static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }
}
