import BackupBytes

/// What the pages of all columns of a file are read with, one after another.
final class PageTools {
    let pool: BlockPool
    let header: Block
    let packed: Block
    let decompressor = Decompressor()
    /// Bytes of the pages and dictionaries that columns hold, in memory and in files.
    var held = 0
    var spilled = 0

    init(_ pool: BlockPool) { (self.pool, header, packed) = (pool, Block(of: pool), Block(of: pool)) }
}
