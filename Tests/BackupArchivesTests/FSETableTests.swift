import Testing

@testable import BackupArchives

/// Distributions as blocks describe them, against the ones that RFC 8878 prints.
@Suite struct FSETableTests {
    private func description(_ bytes: [UInt8], _ field: ZstdTables.Field) -> FSEDescription? {
        FSEDescription(bytes.span, maximumLog: field.maximumLog, maximumSymbol: field.maximumSymbol)
    }

    @Test func predefinedDistributionsAreThoseOfTheSpecification() throws {
        func check(_ field: ZstdTables.Field, log: Int, _ shares: [Int]) throws {
            let read = try #require(description(field.predefined, field))
            #expect(read.log == log && read.shares == shares && read.length == field.predefined.count)
        }
        // 3.1.1.3.2.2.1 to 3.
        try check(
            .literalLengths, log: 6,
            [
                4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1,
                -1, -1,
            ])
        try check(
            .matchLengths, log: 6,
            [1, 4, 3, 2, 2, 2, 2, 2, 2] + Array(repeating: 1, count: 37) + Array(repeating: -1, count: 7))
        try check(
            .offsets, log: 5,
            [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1])
    }

    /// Appendix A.1 of the RFC: the table of literal lengths, some of its states.
    @Test func predefinedTableIsThatOfTheSpecification() throws {
        let table = try #require(FSETable(.described(ZstdTables.Field.literalLengths.predefined), .literalLengths))
        let states = [0: (0, 4, 0), 1: (0, 4, 16), 2: (1, 5, 32), 3: (3, 5, 0), 63: (32, 6, 0), 60: (35, 6, 0)]
        for (index, state) in states {
            #expect(
                Int(table.states[index].symbol) == state.0 && Int(table.states[index].bits) == state.1
                    && Int(table.states[index].base) == state.2)
        }
    }

    @Test func impossibleDescriptionsAreNone() {
        let field = ZstdTables.Field.offsets
        for bytes: [UInt8] in [[], [0xFF], [0x20], [0x0F, 0xFF, 0xFF, 0xFF], Array(field.predefined.dropLast())] {
            #expect(description(bytes, field) == nil)
        }
    }
}
