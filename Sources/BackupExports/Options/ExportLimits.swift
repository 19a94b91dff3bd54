import BackupArchives
import BackupRows
import BackupText

/// Bounds of what grows with the input, each with an option of its name. Real exports meet none of them.
public struct ExportLimits: Sendable {
    /// The longest record, in bytes: 256 MiB. `--record-limit`
    public var record = ReaderSetup.usualRecordLimit
    /// Columns of a table: 65,536. `--column-limit`
    public var columns = 65_536
    /// The longest structure file, in bytes: 64 MiB. `--structure-limit`
    public var structure = 64 << 20
    /// Tables of an input: 1,000,000. `--table-limit`
    public var tables = 1_000_000
    /// Entries of an archive: 1,000,000. `--entry-limit`
    public var entries = UnpackingLimits().entries
    /// The longest path of an entry, in bytes: 4096. `--path-limit`
    public var path = UnpackingLimits().path
    /// Archives and compressions inside each other: 6. `--layer-limit`
    public var layers = UnpackingLimits().layers
    /// Unpacked bytes to one packed byte, beyond the first GiB: 100,000. `--expansion-limit`
    public var expansion = UnpackingLimits().expansion
    /// The window of Zstandard, the dictionary of xz or 7z, in bytes: 128 MiB. `--window-limit`
    public var window = UnpackingLimits().window
    /// The longest page of a Parquet file, decompressed, in bytes: 256 MiB. `--page-limit`
    public var page = 256 << 20
    /// Bytes that may wait on disk for a structure, as they lie there: 64 GiB. `--spool-limit`
    public var spill = 64 << 30

    /// The defaults.
    public init() {}

    /// Bytes that wait on disk as they are, a 64th of `spill`: to write and read them costs a fifth of decompressing
    /// them again. More would wait for the disk longer than for a decoder.
    var plainSpill: Int { spill / 64 }

    var unpacking: UnpackingLimits {
        var limits = UnpackingLimits()
        limits.layers = layers
        limits.entries = entries
        limits.path = path
        limits.expansion = expansion
        limits.window = window
        return limits
    }
}
