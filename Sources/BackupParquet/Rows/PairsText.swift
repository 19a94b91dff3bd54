import Foundation

/// The pairs of a map that have been written as an object. Where keys are no text, or one stands there twice, they
/// become an array of pairs.
///
///     {"a":1,"a":2}    [["a",1],["a",2]]
enum PairsText {
    /// Where a pair's key and value are written.
    struct Pair {
        var key: Range<Int>
        var value: Range<Int>
    }

    /// Writes the pairs of the object that begins at `start` anew where they cannot be one.
    static func end(
        _ pairs: ArraySlice<Pair>, from start: Int, hasTextKeys: Bool, _ text: TextSlab
    ) throws(ParquetError) {
        if hasTextKeys && !hasTwins(pairs, text) { return }
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

    /// So many are compared each with each.
    private static let few = 8

    /// A key that is NULL counts as one: an object has no place for it.
    private static func hasTwins(_ pairs: ArraySlice<Pair>, _ text: TextSlab) -> Bool {
        for pair in pairs where unsafe text.base[pair.key.lowerBound] != UInt8(ascii: "\"") { return true }
        if pairs.count <= few {
            for (number, pair) in pairs.enumerated() {
                for other in pairs.prefix(number) where other.key.count == pair.key.count {
                    let (one, two) = unsafe (text.base + other.key.lowerBound, text.base + pair.key.lowerBound)
                    if unsafe memcmp(one, two, pair.key.count) == 0 { return true }
                }
            }
            return false
        }
        var seen: Set<[UInt8]> = []
        return pairs.contains { !seen.insert(bytes($0.key, text)).inserted }
    }

    private static func bytes(_ range: Range<Int>, _ text: TextSlab) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: text.base + range.lowerBound, count: range.count))
    }
}
