import AlibabaCloudCore
import ObjectStores

/// What is known of a half-fetched file, as a text of fixed shape: the position of each range is a line that is
/// overwritten.
///
///     sluice fetch 1
///     origin task dt-1a2b
///     size 3400000000
///     etag "5B3C1A2E053D763E1B002CC607C5A0FE"
///     crc64 11051210869376104954
///     range 0000000000000000000 0000000001700000000 0000000000412345678     ← first byte, end, next byte to fetch
///     range 0000000001700000000 0000000003400000000 0000000001700000000
///     end
struct FetchCheckpoint: Sendable, Hashable {
    struct Range: Sendable, Hashable {
        let start: Int64
        /// The first byte that is not part of it.
        let end: Int64
        var next: Int64

        var isComplete: Bool { next >= end }
    }

    /// What is fetched, without any secret: `task dt-…`, or the link's address without its query.
    let origin: String
    let identity: ObjectIdentity
    var ranges: [Range]

    init(origin: String, identity: ObjectIdentity, ranges: [Range]) {
        self.origin = origin
        self.identity = identity
        self.ranges = ranges
    }

    /// Splits the object into `count` ranges of at least 16 MiB.
    init(origin: String, identity: ObjectIdentity, splitInto count: Int) {
        let pieces = max(1, min(Int64(count), identity.size / (16 << 20)))
        self.init(
            origin: origin, identity: identity,
            ranges: (0 ..< pieces).map { index in
                let start = identity.size * index / pieces
                return Range(start: start, end: identity.size * (index + 1) / pieces, next: start)
            })
    }

    /// Bytes that need not be fetched any more.
    var done: Int64 { ranges.reduce(0) { $0 + $1.next - $1.start } }

    var text: String {
        head + ranges.map(Self.line).joined() + "end\n"
    }

    /// Where in the text the position of a range stands, and what to write there.
    func record(ofRange index: Int) -> (offset: Int, text: String) {
        (head.utf8.count + Self.lineLength * index, Self.line(ranges[index]))
    }

    private var head: String {
        let checksum = identity.checksum.map { String($0) } ?? "-"
        return
            "sluice fetch 1\norigin \(origin)\nsize \(identity.size)\netag \(identity.etag ?? "-")\ncrc64 \(checksum)\n"
    }

    private static let lineLength = 66

    private static func line(_ range: Range) -> String {
        "range \(padded(range.start)) \(padded(range.end)) \(padded(range.next))\n"
    }

    private static func padded(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 19 - digits.utf8.count) + digits
    }
}

extension FetchCheckpoint {
    /// Nil when the text is not a whole checkpoint: the download then begins anew.
    init?(parsing text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 8, lines[0] == "sluice fetch 1", lines.last == "", lines[lines.count - 2] == "end",
            lines[1].hasPrefix("origin "), lines[2].hasPrefix("size "), let size = Int64(lines[2].dropFirst(5)),
            lines[3].hasPrefix("etag "), lines[4].hasPrefix("crc64 ")
        else { return nil }
        origin = String(lines[1].dropFirst(7))
        let (etag, checksum) = (String(lines[3].dropFirst(5)), UInt64(lines[4].dropFirst(6)))
        identity = ObjectIdentity(size: size, etag: etag == "-" ? nil : etag, checksum: checksum)
        ranges = []
        var reached: Int64 = 0
        for line in lines[5 ..< (lines.count - 2)] {
            let numbers = line.split(separator: " ").dropFirst().compactMap { Int64($0) }
            guard line.hasPrefix("range "), numbers.count == 3, numbers[0] == reached, numbers[0] <= numbers[2],
                numbers[2] <= numbers[1]
            else { return nil }
            ranges.append(Range(start: numbers[0], end: numbers[1], next: numbers[2]))
            reached = numbers[1]
        }
        guard reached == size else { return nil }
    }
}
