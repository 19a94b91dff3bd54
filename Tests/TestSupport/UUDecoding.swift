/// Undoes uuencoding, the form in which libarchive keeps its test archives.
package enum UUDecoding {
    /// The bytes between `begin` and `end`; nil where there is no `begin`.
    package static func decode(_ text: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = [], isInside = false
        for line in text.split(separator: 0x0A) {
            if line.starts(with: Array("begin ".utf8)) {
                isInside = true
                continue
            }
            guard isInside, let first = line.first else { continue }
            if line.elementsEqual(Array("end".utf8)) { return out }
            let count = Int((first &- 0x20) & 0x3F)
            let sixes = line.dropFirst().map { Int(($0 &- 0x20) & 0x3F) }
            var bytes: [UInt8] = []
            for start in stride(from: 0, to: sixes.count - 3, by: 4) {
                let group = sixes[start] << 18 | sixes[start + 1] << 12 | sixes[start + 2] << 6 | sixes[start + 3]
                bytes += [UInt8(group >> 16), UInt8(group >> 8 & 255), UInt8(group & 255)]
            }
            out += bytes.prefix(count)
        }
        return isInside ? out : nil
    }
}
