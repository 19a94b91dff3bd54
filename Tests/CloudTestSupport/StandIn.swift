import AlibabaCloudCore
import Foundation

/// A running stand-in of the service (Tests/TestSupport/standin); it ends when the last reference goes.
package final class StandIn: Sendable {
    package let address: String
    private let process: Process
    private let input: Pipe

    /// - Parameter size: bytes of the object after every link.
    package init(size: Int = 1 << 20) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../TestSupport/standin/standin.py").standardizedFileURL
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-B", script.path, "--size", String(size)]
        let output = Pipe()
        input = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != UInt8(ascii: "\n"), let byte = try output.fileHandleForReading.read(upToCount: 1) {
            line += byte
        }
        address = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
    }

    /// Sets fields of the stand-in's `Behaviour`.
    package func behave(_ fields: [String: any Sendable]) async throws {
        let body = try JSONSerialization.data(withJSONObject: fields)
        let request = HTTPRequest(.post, try SignedURL(address + "/_control"), body: Array(body))
        _ = try await NetworkTransport(environment: [:]).send(request).text()
    }

    /// Says one thing that is wrong, once.
    package func lie(_ lie: String, on action: String) async throws {
        try await behave(["lies": [["action": action, "lie": lie]]])
    }

    /// What it was asked, and how many bytes of the object it has sent.
    package struct Record: Decodable, Sendable {
        package struct Call: Decodable, Sendable {
            package let action: String
            package let query: [String: String]
        }
        package struct Request: Decodable, Sendable {
            package let path: String
            package let range: String?
            package let if_match: String?
        }
        package let calls: [Call]
        package let requests: [Request]
        package let served: Int
        package let crc64: String

        package func count(_ action: String) -> Int { calls.count { $0.action == action } }
    }

    package func record() async throws -> Record {
        let response = try await NetworkTransport(environment: [:]).send(
            HTTPRequest(.get, try SignedURL(address + "/_control")))
        return try JSONDecoder().decode(Record.self, from: Data(try await response.text().utf8))
    }

    /// A key that the stand-in knows.
    package static let key = Credentials(accessKeyID: "testid", accessKeySecret: Secret("testsecret"))
}
