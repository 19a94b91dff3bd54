import BackupRows

/// Which family wrote a file of SQL, and by what evidence, as far as its head shows.
package struct SQLFamilyFinding: Sendable {
    package enum Verdict: Sendable, Equatable {
        /// `isAssumed`: nothing shows it, and nothing in the head would be read otherwise by the other family.
        case family(SQLDialect.Family, isAssumed: Bool)
        /// A product whose SQL is not read.
        case refused(SQLProduct)
        /// The first pieces that cannot both be true.
        case contradiction(SQLSign, SQLSign)
        /// Nothing shows it, and the families would read this otherwise.
        case undecided(SQLDifference)
    }

    package let verdict: Verdict
    /// What was found, in the order of the text.
    package let signs: [SQLSign]

    /// Bytes of a head that are looked at first, and at most where they show nothing.
    package static let usualHead = 64 * 1024, longestHead = 1 << 20

    /// `isWhole`: nothing follows the bytes. `shape`: what a name or a structure beside the file says.
    package init(_ bytes: UnsafeRawBufferPointer, isWhole: Bool, shape: SQLDialect.Family? = nil) {
        var mysql = unsafe SQLFamilyScan(bytes, isWhole: isWhole, as: .mysql)
        mysql.run()
        var postgresql: SQLFamilyScan?
        if mysql.divergence != nil {
            var scan = unsafe SQLFamilyScan(bytes, isWhole: isWhole, as: .postgresql)
            scan.run()
            postgresql = scan
        }
        let (verdict, signs) = Self.weigh(mysql, postgresql ?? mysql, shape)
        var lines = unsafe LineCounter(bytes)
        self.signs = signs.map { sign in
            var sign = sign
            sign.line = lines.line(at: sign.offset)
            return sign
        }
        self.verdict = Self.numbered(verdict, &lines)
    }

    /// Whether more of the file could show more.
    package var isOpen: Bool {
        switch verdict {
        case .family(_, let isAssumed): isAssumed
        case .undecided: true
        case .refused, .contradiction: false
        }
    }

    // MARK: Weighing

    private static func weigh(
        _ mysql: SQLFamilyScan, _ postgresql: SQLFamilyScan, _ shape: SQLDialect.Family?
    ) -> (Verdict, [SQLSign]) {
        let split = mysql.divergence ?? .max
        let common = mysql.signs.filter { $0.offset < split }
        let strong = common.filter { $0.weight == .exclusive }
        if let banner = only(common.filter { $0.weight == .banner }) { return (verdict(banner), common) }
        if let product = only(strong) { return (verdict(product), common) }
        if let first = strong.first, let other = strong.first(where: { $0.product != first.product }) {
            return (.contradiction(first, other), common)
        }
        if mysql.divergence != nil {
            let holds = (
                asMySQL: supports(mysql, .mysql, against: postgresql),
                asPostgreSQL: supports(postgresql, .postgresql, against: mysql)
            )
            if holds.asMySQL != holds.asPostgreSQL {
                let winner = holds.asMySQL ? mysql : postgresql
                return (
                    .family(winner.family, isAssumed: false),
                    winner.signs + brokenSign(holds.asMySQL ? postgresql : mysql)
                )
            }
        }
        if let shape { return (.family(shape, isAssumed: false), common) }
        if let product = only(common.filter { $0.weight == .typical }) { return (verdict(product), common) }
        let differences = [
            mysql.difference, mysql.divergence.map { SQLDifference(what: "a quote or a comment", offset: $0) },
        ].compactMap { $0 }
        if let first = differences.min(by: { $0.offset < $1.offset }) { return (.undecided(first), common) }
        return (.family(.mysql, isAssumed: !mysql.isWhole), common)
    }

    private static func verdict(_ product: SQLProduct) -> Verdict {
        product.family.map { .family($0, isAssumed: false) } ?? .refused(product)
    }

    /// The one product that all of them speak for.
    private static func only(_ signs: [SQLSign]) -> SQLProduct? {
        guard let first = signs.first?.product, signs.allSatisfy({ $0.product == first }) else { return nil }
        return first
    }

    /// Whether a reading holds by itself: it is SQL to the end of the head, and either finds its own signs alone, or
    /// the other is no SQL.
    private static func supports(_ scan: SQLFamilyScan, _ product: SQLProduct, against other: SQLFamilyScan) -> Bool {
        let strong = scan.signs.filter { $0.weight == .exclusive }
        guard scan.breakage == nil, strong.allSatisfy({ $0.product == product }) else { return false }
        return !strong.isEmpty || other.breakage != nil
    }

    private static func brokenSign(_ scan: SQLFamilyScan) -> [SQLSign] {
        guard let offset = scan.breakage else { return [] }
        let (own, other) = scan.family == .mysql ? (SQLProduct.postgresql, "MySQL") : (SQLProduct.mysql, "PostgreSQL")
        return [SQLSign(own, .exclusive, "text that is no SQL as \(other) reads it", offset: offset)]
    }

    private static func numbered(_ verdict: Verdict, _ lines: inout LineCounter) -> Verdict {
        switch verdict {
        case .contradiction(var first, var second):
            first.line = lines.line(at: first.offset)
            second.line = lines.line(at: second.offset)
            return .contradiction(first, second)
        case .undecided(var difference):
            difference.line = lines.line(at: difference.offset)
            return .undecided(difference)
        case .family, .refused: return verdict
        }
    }
}

/// Line numbers of offsets.
@safe private struct LineCounter {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var line = 1

    init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = unsafe bytes }

    mutating func line(at offset: Int) -> Int {
        if offset < position { (position, line) = (0, 1) }
        let end = unsafe min(offset, bytes.count)
        while position < end {
            if unsafe bytes[position] == 0x0A { line += 1 }
            position += 1
        }
        return line
    }
}
