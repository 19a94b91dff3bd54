import TestSupport

/// Bytes of different natures, small enough to try every cut and every flip.
enum SampleBytes {
    static let all: [(name: String, bytes: [UInt8])] = {
        var random = SeededRandom(seed: 3)
        let text = (0 ..< 60).map { "\($0),\"row \($0 * 7919 % 100)\",x\n" }.joined()
        return [
            ("empty", []),
            ("one byte", [0x41]),
            ("text", Array(text.utf8)),
            ("zeros", [UInt8](repeating: 0, count: 3000)),
            ("noise", (0 ..< 700).map { _ in UInt8.random(in: 0 ... 255, using: &random) }),
        ]
    }()
    static let names = all.map(\.name)
    static func named(_ name: String) -> [UInt8] { all.first { $0.name == name }?.bytes ?? [] }
}
