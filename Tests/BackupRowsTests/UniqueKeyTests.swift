import Testing

@testable import BackupRows

/// Columns of one name get others, none clashing, however many there are (rule 15).
@Suite struct UniqueKeyTests {
    @Test func numbersGoOnWhereTheyWere() {
        #expect(RowLayout.uniqueKeys(["x", "x", "y", "x"]).keys == ["x", "x_2", "y", "x_3"])
        #expect(RowLayout.uniqueKeys(["x", "x", "x_2", "x_2", "x"]).keys == ["x", "x_3", "x_2", "x_2_2", "x_4"])
        #expect(RowLayout.uniqueKeys(["t", "a"], reserved: "t").keys == ["t_2", "a"])
    }

    @Test(.timeLimit(.minutes(1))) func manyOfOneNameTakeNoTime() {
        let (keys, warnings) = RowLayout.uniqueKeys(
            Array(repeating: "x", count: 65_000) + (2 ... 300).map { "x_\($0)" })
        #expect(Set(keys).count == keys.count)
        #expect(keys[0] == "x" && keys[1] == "x_301" && keys[64_999] == "x_65299")
        #expect(keys.suffix(299) == (2 ... 300).map { "x_\($0)" }[...])
        #expect(warnings.count == 21)
        #expect(warnings.last?.hasPrefix("64979 more columns") ?? false)
    }
}
