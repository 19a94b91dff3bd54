/// Random numbers that are the same on every machine (SplitMix64).
struct Seeded {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
    mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
}

/// The columns of a table and its rows, one at a time.
struct Table: Sendable {
    var name: String
    var columns: [(name: String, type: String, isNumber: Bool)]
    /// nil: NULL.
    var row: @Sendable (inout Seeded, Int) -> [String?]
}

extension Table {
    static let narrow = Table(
        name: "narrow", columns: [("id", "int", true), ("code", "char(4)", false), ("amount", "decimal(8,2)", true)]
    ) { random, n in
        ["\(n)", random.pick(["AB12", "ZX90", "QQ01", "KL77"]), "\(random.below(100_000)).\(10 + random.below(90))"]
    }

    static let orders = Table(
        name: "orders",
        columns: [
            ("l_orderkey", "int", true), ("l_partkey", "int", true), ("l_suppkey", "int", true),
            ("l_linenumber", "int", true), ("l_quantity", "int", true),
            ("l_extendedprice", "decimal(12,2)", true), ("l_discount", "decimal(12,2)", true),
            ("l_tax", "decimal(12,2)", true),
            ("l_returnflag", "char(1)", false), ("l_linestatus", "char(1)", false), ("l_shipdate", "date", false),
            ("l_commitdate", "date", false),
            ("l_receiptdate", "date", false), ("l_shipinstruct", "varchar(25)", false),
            ("l_shipmode", "varchar(10)", false), ("l_comment", "varchar(44)", false),
        ]
    ) { random, n in
        func day(_ random: inout Seeded) -> String {
            "199\(2 + random.below(7))-\(10 + random.below(3))-\(10 + random.below(19))"
        }
        let comment = (0 ... random.below(5)).map { _ in
            random.pick(["carefully", "final", "deposits", "detect", "slyly", "again", "quickly", "even", "foxes"])
        }
        return [
            "\(n / 4)", "\(random.below(200_000))", "\(random.below(10_000))", "\(n % 7 + 1)",
            "\(random.below(50) + 1)",
            "\(900 + random.below(90_000)).\(10 + random.below(90))", "0.0\(random.below(10))", "0.0\(random.below(9))",
            random.pick(["A", "R", "N"]),
            random.pick(["O", "F"]), day(&random), day(&random), day(&random),
            random.pick(["DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"]),
            random.pick(["REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"]), comment.joined(separator: " "),
        ]
    }

    static let wide = Table(
        name: "wide", columns: (0 ..< 200).map { ("column_\($0)", $0 % 3 == 0 ? "varchar(10)" : "int", $0 % 3 != 0) }
    ) { random, _ in
        (0 ..< 200).map {
            random.below(5) == 0 ? nil : $0 % 3 == 0 ? random.pick(["yes", "no", "maybe"]) : "\(random.below(100_000))"
        }
    }

    static let text = Table(
        name: "text",
        columns: [("id", "int", true), ("body", "text", false), ("title", "text", false), ("day", "date", false)]
    ) { random, n in
        func words(_ count: Int, _ random: inout Seeded) -> String {
            (0 ..< count).map { _ in
                random.pick([
                    "the", "quick", "brown", "fox", "jumps", "over", "lazy", "dog", "Straße", "naïve", "smile 😀",
                    "said \"no\"", "one, two", "new\nline", "left", "it's",
                ])
            }.joined(separator: " ")
        }
        return [
            "\(n)", words(10 + random.below(30), &random), words(3 + random.below(9), &random),
            "2024-01-\(10 + random.below(19))",
        ]
    }

    static let unicode = Table(
        name: "unicode", columns: [("id", "int", true), ("name", "text", false), ("city", "text", false)]
    ) { random, n in
        [
            "\(n)", random.pick(["李雷", "Łukasz Żółć", "Ωμέγα", "Дмитрий", "あかり", "😀😃", "أحمد"]),
            random.pick(["北京市", "Kraków", "Αθήνα", "Москва", "東京都", "القاهرة"]),
        ]
    }
}
