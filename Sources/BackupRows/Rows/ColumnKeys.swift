import BackupBytes
import Synchronization

/// The keys that a table's values are written under: the names of its columns, made unique.
package final class ColumnKeys: Sendable {
    package let all: [String]
    /// About columns that are written under another name than theirs.
    package let warnings: [String]
    private let numbers = Mutex<[ExactText: Int]?>(nil)

    /// So many columns of one name are named one by one.
    private static let namedTwins = 20
    /// So many keys are compared one by one.
    private static let few = 8

    /// `reserved` is a key of every line already.
    package init(_ names: [String], reserved: String? = nil) {
        (all, warnings) = Self.unique(names, reserved: reserved)
    }

    /// The column that is written under this key; bytes count, not what they look like.
    package func index(of key: String) -> Int? {
        let key = ExactText(key)
        if all.count <= Self.few { return all.firstIndex { ExactText($0) == key } }
        return numbers.withLock { numbers in
            if let numbers { return numbers[key] }
            let made = Dictionary(uniqueKeysWithValues: all.enumerated().map { (ExactText($1), $0) })
            numbers = made
            return made[key]
        }
    }

    /// `x`, `x` → `x`, `x_2`, none clashing with a name that is there already.
    private static func unique(_ names: [String], reserved: String?) -> (keys: [String], warnings: [String]) {
        var taken = Set(names.map(ExactText.init)), seen = Set([reserved].compactMap { $0.map(ExactText.init) }),
            keys: [String] = [], warnings: [String] = []
        var next: [ExactText: Int] = [:], twins = 0
        for name in names {
            guard !seen.insert(ExactText(name)).inserted else {
                keys.append(name)
                continue
            }
            var number = next[ExactText(name)] ?? 2
            while !taken.insert(ExactText("\(name)_\(number)")).inserted { number += 1 }
            next[ExactText(name)] = number + 1
            keys.append("\(name)_\(number)")
            twins += 1
            if twins <= namedTwins {
                warnings.append("two columns are named “\(name)”; one is written as “\(name)_\(number)”")
            }
        }
        if twins > namedTwins {
            warnings.append(
                "\(twins - namedTwins) more columns have the name of another, and are written under others likewise")
        }
        return (keys, warnings)
    }
}
