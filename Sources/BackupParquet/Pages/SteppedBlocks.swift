/// Blocks of Snappy and LZ4, decompressed an element at a time: their libraries write all of a page at once, and it
/// would be in memory as a whole. Each returns the bytes written, and nil where it is no whole block.
enum SteppedBlocks {
    /// What is written, and how much of it since the last step.
    @safe private struct Output {
        private let base: UnsafeMutablePointer<UInt8>
        let limit: Int
        private(set) var count = 0
        private var steps: PageSteps
        private var sinceStep = 0

        init?(_ out: UnsafeMutableRawBufferPointer, _ steps: PageSteps) {
            guard let base = unsafe out.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
            unsafe (self.base, limit, self.steps) = unsafe (base, out.count, steps)
        }

        private mutating func pass(_ some: Int) {
            count += some
            sinceStep += some
            if steps.next(sinceStep) < sinceStep {
                steps.end()
                sinceStep = 0
            }
        }

        /// Bytes that stand in the block.
        mutating func add(_ bytes: UnsafePointer<UInt8>, _ wanted: Int) -> Bool {
            guard wanted <= limit - count else { return false }
            var done = 0
            while done < wanted {
                let some = steps.next(wanted - done)
                unsafe (base + count).update(from: bytes + done, count: some)
                done += some
                pass(some)
            }
            return true
        }

        /// Bytes that were written `distance` bytes before.
        mutating func copy(_ wanted: Int, from distance: Int) -> Bool {
            guard distance > 0, distance <= count, wanted <= limit - count else { return false }
            var done = 0
            while done < wanted {
                // What lies over itself repeats.
                let known = (done + distance) / distance * distance, to = unsafe base + count
                let some = min(steps.next(wanted - done), known)
                unsafe to.update(from: to - known, count: some)
                done += some
                pass(some)
            }
            return true
        }
    }

    /// Snappy's format description, "format_description.txt".
    static func snappy(
        _ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer, _ steps: PageSteps
    ) -> Int? {
        var input = unsafe BlockInput(packed)
        guard let total = input.varint(), var output = unsafe Output(out, steps) else { return nil }
        if total != out.count { return total }
        while let tag = input.byte() {
            let upper = Int(tag >> 2), count: Int?, distance: Int?
            switch tag & 3 {
            case 0:
                guard let length = upper < 60 ? upper : input.number(upper - 59),
                    let bytes = unsafe input.take(length + 1), unsafe output.add(bytes, length + 1)
                else { return nil }
                continue
            case 1: (count, distance) = ((upper & 7) + 4, input.number(1).map { (upper >> 3) << 8 | $0 })
            case 2: (count, distance) = (upper + 1, input.number(2))
            default: (count, distance) = (upper + 1, input.number(4))
            }
            guard let count, let distance, output.copy(count, from: distance) else { return nil }
        }
        return output.count == total ? total : nil
    }

    /// LZ4's block format description, "lz4_Block_format.md".
    static func lz4(
        _ packed: UnsafeRawBufferPointer, _ out: UnsafeMutableRawBufferPointer, _ steps: PageSteps
    ) -> Int? {
        var input = unsafe BlockInput(packed)
        guard var output = unsafe Output(out, steps) else { return nil }
        while let token = input.byte() {
            guard let literals = input.length(Int(token >> 4)), let bytes = unsafe input.take(literals),
                unsafe output.add(bytes, literals)
            else { return nil }
            // The last sequence has no match.
            if input.isAtEnd { return output.count }
            guard let distance = input.number(2), let count = input.length(Int(token & 15)),
                output.copy(count + 4, from: distance)
            else { return nil }
        }
        return nil
    }
}
