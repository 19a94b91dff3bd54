import CFuzz

/// Changes an input: its bytes as they come; or the body of one event, with its length put right; or events are
/// doubled, left out and exchanged. libFuzzer alone would seldom get past a length.
@_cdecl("mutate_changes")
public func mutateChanges(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32) -> Int {
    let optionCount = 2
    var random = seed
    func draw(_ count: Int) -> Int {
        random = random &* 1_664_525 &+ 1_013_904_223
        return Int(random >> 8) % count
    }
    let kind = draw(8)
    guard count > optionCount + 4, kind > 1 else { return LLVMFuzzerMutate(start, count, limit) }
    let log = LogEvents(Array(UnsafeBufferPointer(start: start + optionCount, count: count - optionCount)))
    guard log.ranges.count > 1 else { return LLVMFuzzerMutate(start, count, limit) }
    let index = draw(log.ranges.count)
    var changed: [UInt8]
    switch kind {
    case 2:  // an event again, or one in the place of another
        let other = log.ranges[draw(log.ranges.count)]
        changed = log.bytes
        changed.replaceSubrange(
            draw(2) == 0 ? other : other.lowerBound ..< other.lowerBound, with: log.bytes[log.ranges[index]])
    case 3:
        changed = log.bytes
        changed.removeSubrange(log.ranges[index])
    default:
        var body = Array(log.bytes[log.body(index)])
        let length = body.count, room = max(length, min(length + 64, limit - count + length))
        body += Array(repeating: 0, count: room - length)
        let written = body.withUnsafeMutableBufferPointer { bytes in
            bytes.baseAddress.map { LLVMFuzzerMutate($0, length, room) } ?? 0
        }
        changed = log.replacing(index, with: Array(body[..<written]))
    }
    guard changed.count <= limit - optionCount else { return LLVMFuzzerMutate(start, count, limit) }
    for (offset, byte) in changed.enumerated() { start[optionCount + offset] = byte }
    return optionCount + changed.count
}
