/// Compressed forms of bytes, made by the system's own tools.
package enum Packing {
    package static func gzip(_ bytes: [UInt8], level: Int = 6) throws -> [UInt8] {
        try filter(["gzip", "-n", "-\(level)", "-c"], bytes)
    }
    package static func zstd(_ bytes: [UInt8], words: [String] = []) throws -> [UInt8] {
        try filter(["zstd", "-q", "-c"] + words, bytes)
    }
    package static func xz(_ bytes: [UInt8]) throws -> [UInt8] { try filter(["xz", "-c"], bytes) }
    package static func gunzip(_ bytes: [UInt8]) throws -> [UInt8] { try filter(["gzip", "-dc"], bytes) }
    package static func unzstd(_ bytes: [UInt8]) throws -> [UInt8] { try filter(["zstd", "-dcq"], bytes) }

    /// Any command that reads bytes and writes others.
    package static func through(_ command: [String], _ bytes: [UInt8]) throws -> [UInt8] { try filter(command, bytes) }

    private struct Failed: Error { let program: Program }

    private static func filter(_ command: [String], _ bytes: [UInt8]) throws -> [UInt8] {
        let run = try Program.run(command, input: bytes)
        guard run.status == 0 else { throw Failed(program: run) }
        return run.output
    }
}
