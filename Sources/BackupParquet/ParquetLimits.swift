import BackupBytes

/// Bounds of what a Parquet file can claim.
package struct ParquetLimits: Sendable {
    /// The longest footer, in bytes.
    package var footer = 256 << 20
    /// The longest header of a page, in bytes: it may hold statistics.
    package var pageHeader = 16 << 20
    /// The longest page, decompressed, in bytes.
    package var page = 256 << 20
    /// Groups, lists and maps inside each other.
    package var depth = 64
    /// Columns, those inside groups counted one by one.
    package var columns = 65_536
    /// Bytes of text to one byte of the file, beyond the first GiB.
    package var expansion = 100_000
    /// Bytes of text after which a batch ends.
    package var batch = 1 << 20
    /// Rows of a batch: their lines stay in a core's cache until they are written.
    package var batchRows = 1024
    /// Rows that are decoded at a time, unless a batch needs more.
    package var sliceRows = 8192

    /// Bytes of pages and dictionaries that are in memory from batch to batch, and half of those there may be with more
    /// dictionaries. Those of other columns are in files.
    package var held = 16 << 20
    /// Bytes of a page that is in memory.
    package var pageInMemory = BlockPool.mostInMemory
    /// Bytes of a page in a file that are in memory at a time while it is read and decompressed.
    package var step = 4 << 20
    /// Bytes of pages and dictionaries that are in files.
    package var spill = 64 << 30
    /// Bytes of the slices that columns decode at a time, together.
    package var slices = 8 << 20

    package init() {}
}
