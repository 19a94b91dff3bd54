import Testing

@testable import BackupRows

/// Columns of one name get others, none clashing, however many there are (rule 15).
@Suite struct UniqueKeyTests {
    @Test func numbersContinueWhereTheyWere() {
        #expect(ColumnKeys(["x", "x", "y", "x"]).all == ["x", "x_2", "y", "x_3"])
        #expect(ColumnKeys(["x", "x", "x_2", "x_2", "x"]).all == ["x", "x_3", "x_2", "x_2_2", "x_4"])
        #expect(ColumnKeys(["t", "a"], reserved: "t").all == ["t_2", "a"])
    }

    @Test(.timeLimit(.minutes(1))) func manyOfOneNameCostNoTime() {
        let columns = ColumnKeys(Array(repeating: "x", count: 65_000) + (2 ... 300).map { "x_\($0)" })
        let (keys, warnings) = (columns.all, columns.warnings)
        #expect(Set(keys).count == keys.count)
        #expect(keys[0] == "x" && keys[1] == "x_301" && keys[64_999] == "x_65299")
        #expect(columns.index(of: "x_65299") == 64_999 && columns.index(of: "y") == nil)
        #expect(keys.suffix(299) == (2 ... 300).map { "x_\($0)" }[...])
        #expect(warnings.count == 21)
        #expect(warnings.last?.hasPrefix("64979 more columns") ?? false)
    }
}
