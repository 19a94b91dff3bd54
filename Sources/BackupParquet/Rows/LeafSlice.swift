/// Levels and values of one leaf for some rows, decoded and not yet written.
struct LeafSlice: Sendable {
    /// How many rows, all of them whole.
    var rowCount = 0
    var levelCount = 0
    /// Levels of definition, a byte each; nil: all values are there.
    var definitions: Block?
    /// Levels of repetition, a byte each; nil: each value is a row.
    var repetitions: Block?
    var runs: [ValueRun] = []
    /// Bytes that its values may have as text, at the most.
    var bound = 0
    /// No value has more, its level counted.
    var heaviest = 0

    /// Bytes that so many rows may have as text, at the most.
    func bound(ofRows rows: Int) -> Int {
        if repetitions != nil { return bound }
        let (product, isOver) = heaviest.multipliedReportingOverflow(by: rows)
        return isOver ? bound : min(bound, product)
    }
}

/// A position in a slice: before a row.
struct SlicePosition: Sendable {
    var row = 0
    var level = 0
    /// The run of the next value, and how many of its values come before that.
    var run = 0
    var value = 0
}

extension LeafSlice {
    /// Has its values copied out of pages in files, but for large ones.
    mutating func detach() {
        for index in runs.indices where runs[index].isInFile { runs[index] = runs[index].detached() }
    }

    /// The position `rows` rows further. `full`: the level of a value that is there.
    func position(_ rows: Int, after position: SlicePosition, full: UInt8) -> SlicePosition {
        var next = position
        next.row += rows
        next.level = repetitions == nil ? position.level + rows : endOfRows(rows, from: position.level)
        var values = next.level - position.level
        if let definitions {
            values = 0
            for level in position.level ..< next.level {  // hot loop
                values += unsafe definitions.base[level] == full ? 1 : 0
            }
        }
        next.value += values
        while next.run < runs.count && next.value >= runs[next.run].count {
            next.value -= runs[next.run].count
            next.run += 1
        }
        return next
    }

    /// The level after so many rows that begin at `level`.
    private func endOfRows(_ rows: Int, from level: Int) -> Int {
        guard let repetitions else { return level + rows }
        var left = rows, at = level
        while at < levelCount {
            if unsafe repetitions.base[at] == 0 {
                if left == 0 { return at }
                left -= 1
            }
            at += 1
        }
        return at
    }

    /// Adds to each row's weight the bytes of its values, `each` of them weighing so much more. `full`: the level of a
    /// value that is there.
    func weigh(from position: SlicePosition, into weights: inout [Int], full: UInt8, each: Int) {
        var run = position.run, value = position.value, row = -1, level = position.level
        while level < levelCount {
            if let repetitions { if unsafe repetitions.base[level] == 0 { row += 1 } } else { row += 1 }
            guard row < weights.count else { return }
            weights[row] += each
            if let definitions, unsafe definitions.base[level] != full {
                level += 1
                continue
            }
            while run < runs.count && value == runs[run].count { (run, value) = (run + 1, 0) }
            guard run < runs.count else { return }
            weights[row] += runs[run].weight(value)
            value += 1
            level += 1
        }
    }
}
