import BackupBytes
import Foundation

/// What part files look like under a compression.
struct OutputForm {
    let suffix: String
    /// What a file without rows holds: nothing, or a compressed nothing.
    let emptiness: Data

    init(_ compression: Compression) {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        (suffix, emptiness) =
            switch compression {
            case .none: ("", Data())
            case .gzip: (".gz", GzipCompressor().member(nothing))
            case .zstd: (".zst", ZstdCompressor().frame(nothing))
            }
    }
}
