import ArgumentParser

/// A number of bytes on the command line: `4096`, `64kB`, `10MB`, `1.5GB`, `1GiB`.
///
/// kB, MB, GB and TB are powers of 1,000; KiB, MiB, GiB and TiB of 1,024, as IEC 80000-13 has them. Case does not
/// matter.
struct ByteCount: ExpressibleByArgument {
    let bytes: Int

    private static let units = [
        "": 1, "b": 1, "kb": 1000, "mb": 1_000_000, "gb": 1_000_000_000, "tb": 1_000_000_000_000, "kib": 1 << 10,
        "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
    ]

    init?(argument: String) {
        let number = argument.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let unit = Self.units[argument.dropFirst(number.count).lowercased()] else { return nil }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = Int(parts[0]) else { return nil }
        let (bytes, overflows) = whole.multipliedReportingOverflow(by: unit)
        var fraction = 0
        if parts.count == 2 {
            // A fraction of a byte is none.
            guard let digits = Int(parts[1]), parts[1].count <= 6 else { return nil }
            let divisor = (0 ..< parts[1].count).reduce(1) { power, _ in power * 10 }
            guard digits * unit % divisor == 0 else { return nil }
            fraction = digits * unit / divisor
        }
        guard !overflows, bytes <= .max - fraction else { return nil }
        self.bytes = bytes + fraction
    }
}
