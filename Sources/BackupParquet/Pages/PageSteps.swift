/// How a page in a file is decompressed: so many bytes at a time, after which what was used leaves memory.
struct PageSteps {
    private let size: Int
    private let blocks: [Block]

    let isOne: Bool

    /// `blocks`: those that are read and written. Where none of them is in a file, or all are short, it is one step.
    init(_ size: Int, _ blocks: [Block]) {
        self.blocks = blocks.filter(\.isInFile)
        isOne = self.blocks.allSatisfy { $0.count <= size }
        self.size = isOne ? .max : size
    }

    /// Bytes of the next step, where so many are left.
    func next(_ left: Int) -> Int { min(left, size) }

    func end() { for block in blocks { block.evict() } }
}
