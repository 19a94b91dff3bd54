import Foundation

/// What part files look like under a compression.
struct OutputForm {
    let suffix: String
    /// What a file without rows holds.
    let emptiness: Data

    init(_ compression: Compression) {
        suffix =
            switch compression {
            case .none: ""
            case .gzip: ".gz"
            case .zstd: ".zst"
            }
        emptiness = BlockEncoder(compression).emptiness
    }
}
