/// A small export in the documented tree, as a tar: two tables, several parts, a table without rows, text that is not
/// ASCII.
package enum SampleExport {
    package static let orders =
        "CREATE TABLE `orders` (`id` bigint, `total` decimal(10,2), `note` text, `paid` bit(1), PRIMARY KEY (`id`));\n"
    package static let people = "CREATE TABLE `people` (`id` int, `name` varchar(20));\n"
    package static let empty = "CREATE TABLE `empty` (`id` int);\n"

    package static func part(_ numbers: ClosedRange<Int>) -> String {
        numbers.map { "\($0),\($0).10,\"note \($0), caf\u{E9} \($0 % 7 == 0 ? "\"\"q\"\"" : "")\",\"0\($0 % 2)\"\n" }
            .joined()
    }

    package static let files: [(String, String)] = [
        ("shop/structure.sql", "CREATE DATABASE `shop`;\n"),
        ("shop/orders/structure.sql", orders),
        ("shop/orders/data/1.csv", part(1 ... 120)),
        ("shop/orders/data/2.csv", part(121 ... 200)),
        ("shop/people/structure.sql", people),
        ("shop/people/data/1.csv", "1,\"Ann\"\n2,NULL\n"),
        ("shop/empty/structure.sql", empty),
        ("shop/empty/data/1.csv", ""),
    ]

    package static let tar = TarWriter.archive(files)
    /// The same with the structures after the data.
    package static let tarWithLateStructures = TarWriter.archive(
        files.filter { !$0.0.hasSuffix(".sql") } + files.filter { $0.0.hasSuffix(".sql") })
}
