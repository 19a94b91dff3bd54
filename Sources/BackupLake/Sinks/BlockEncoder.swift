import BackupBytes
import Foundation

/// Makes blocks of lines. Each thread has one of its own: a compressor owns its scratch memory.
package struct BlockEncoder {
    private enum Compressor {
        case gzip(GzipCompressor)
        case zstd(ZstdCompressor)
    }

    private let compressor: Compressor?

    package init(_ compression: Compression) {
        compressor =
            switch compression {
            case .none: nil
            case .gzip: .gzip(GzipCompressor())
            case .zstd: .zstd(ZstdCompressor())
            }
    }

    package func encode(_ lines: Lines) -> OutputBlock {
        switch compressor {
        case nil: .lines(lines)
        case .some(let compressor):
            .compressed(lines.withBytes { Self.compressed($0, by: compressor) }, rows: lines.rows)
        }
    }

    /// What a file without rows holds: nothing, or a compressed nothing.
    var emptiness: Data {
        compressor.map { Self.compressed(UnsafeRawBufferPointer(start: nil, count: 0), by: $0) } ?? Data()
    }

    private static func compressed(_ bytes: UnsafeRawBufferPointer, by compressor: Compressor) -> Data {
        switch compressor {
        case .gzip(let compressor): compressor.member(bytes)
        case .zstd(let compressor): compressor.frame(bytes)
        }
    }
}
