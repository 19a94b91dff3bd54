import Foundation

/// A program that was run to its end.
package struct Program: Sendable {
    package var status: Int32
    package var output: [UInt8]
    package var errors: String

    package var text: String { String(decoding: output, as: UTF8.self) }
    /// Killed by a signal, or stopped because it took too long: never right.
    package var hasCrashed: Bool { status < 0 || (status > 130 && status < 160) }

    /// The `sluice` that was built together with these tests.
    package static let sluice: String = {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        let beside = (own as NSString).deletingLastPathComponent + "/sluice"
        return Files.exists(beside) ? beside : Files.root + "/.build/debug/sluice"
    }()

    /// Runs `sluice` with these words; `limit` seconds at the most.
    package static func sluice(_ words: [String], input: [UInt8] = [], limit: Int = 60) throws -> Program {
        try run(["timeout", "-s", "KILL", "\(limit)", sluice] + words, input: input)
    }

    /// Runs a line of shell; `$0` is sluice, `$1` … are the words.
    package static func shell(_ line: String, _ words: [String] = [], input: [UInt8] = []) throws -> Program {
        try run(["bash", "-c", line, sluice] + words, input: input)
    }

    /// Input and outputs go through files, so that no pipe can fill up and block.
    package static func run(_ command: [String], input: [UInt8] = []) throws -> Program {
        let scratch = try Scratch()
        let inputPath = try scratch.write("in", input), outputPath = try scratch.write("out", ""),
            errorPath = try scratch.write("err", "")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = FileHandle(forReadingAtPath: inputPath)
        process.standardOutput = FileHandle(forWritingAtPath: outputPath)
        process.standardError = FileHandle(forWritingAtPath: errorPath)
        try process.run()
        process.waitUntilExit()
        let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Program(status: status, output: try Files.bytes(outputPath), errors: try Files.text(errorPath))
    }

    package static func exists(_ name: String) -> Bool { (try? run(["which", name]))?.status == 0 }
}
