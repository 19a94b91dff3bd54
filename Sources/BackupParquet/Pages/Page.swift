/// One page of a column chunk, decompressed; where its parts lie in the block that holds it.
struct Page {
    let header: PageHeader
    /// Where it begins in the file.
    let offset: Int
    /// Of a data page v2: what its levels take.
    var repetitionBytes = 0
    var definitionBytes = 0
}
