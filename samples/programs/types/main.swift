// Reads rows into a type of your own: swift run sample-types samples/exports/shop-mysql-csv.tar.gz
import BackupExports
import Foundation

struct Order: Decodable {
    var id: Int
    var status: String
    var placed_at: Date
    var total: Decimal
    var remark: String?
}

var options = ExportOptions()
options.tables = TableFilter(included: ["shop.orders"])
let export = BackupExport(path: CommandLine.arguments[1], options: options)
for try await table in export.tables() {
    var total = Decimal(0), latest = Date.distantPast, unnamed = 0
    for try await row in table.rows {
        let order = try row.decode(Order.self)
        total += order.total
        latest = max(latest, order.placed_at)
        // One value on its own: NULL is nil, and what is no Int is an error that says where.
        if try row["customer_id"]?.int == nil { unnamed += 1 }
    }
    print("\(table.name): \(total) in all, the last on \(latest), \(unnamed) without a customer")
}
