/// The pairs of a map that have been written as an object. Where keys are no text, or one stands there twice, they
/// become an array of pairs.
///
///     {"a":1,"a":2}    [["a",1],["a",2]]
struct PairsText {
    private let start: Int
    private let hasTextKeys: Bool
    private var pairs: [(key: Range<Int>, value: Range<Int>)] = []

    init(from start: Int, hasTextKeys: Bool) { (self.start, self.hasTextKeys) = (start, hasTextKeys) }

    var isEmpty: Bool { pairs.isEmpty }

    /// A pair, by where its key and value are written.
    mutating func add(key: Range<Int>, value: Range<Int>) { pairs.append((key, value)) }

    /// Writes the pairs anew where they cannot be an object.
    func end(_ text: TextSlab) throws(ParquetError) {
        if hasTextKeys && !hasTwins(text) { return }
        var made = [UInt8(ascii: "[")]
        for (index, pair) in pairs.enumerated() {
            made.append(contentsOf: index == 0 ? "[".utf8 : ",[".utf8)
            made.append(contentsOf: bytes(pair.key, text))
            made.append(UInt8(ascii: ","))
            made.append(contentsOf: bytes(pair.value, text))
            made.append(UInt8(ascii: "]"))
        }
        made.append(UInt8(ascii: "]"))
        text.truncate(to: start)
        try text.append(made)
    }

    /// A key that is NULL counts as one: an object has no place for it.
    private func hasTwins(_ text: TextSlab) -> Bool {
        if pairs.contains(where: { unsafe text.base[$0.key.lowerBound] != UInt8(ascii: "\"") }) { return true }
        if pairs.count == 1 { return false }
        var seen: Set<[UInt8]> = []
        return pairs.contains { !seen.insert(bytes($0.key, text)).inserted }
    }

    private func bytes(_ range: Range<Int>, _ text: TextSlab) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: text.base + range.lowerBound, count: range.count))
    }
}
