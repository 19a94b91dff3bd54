// Counts the rows of an export in a bucket: swift run sample-store s3://exports/shop.tar.gz
import AlibabaCloudCore
import BackupExports
import Logging
import ObjectStores

func export(at text: String) async throws -> BackupExport? {
    guard let address = try StoreAddress(text) else { return nil }
    let client = try StoreClient.fromEnvironment(
        address.kind, transport: NetworkTransport.fromEnvironment(), logger: Logger(label: "sample-store"))
    return BackupExport(inputs: [.stored(try await client.open(address))])
}

guard let export = try await export(at: CommandLine.arguments[1]) else { fatalError("not an address of a store") }
for try await table in export.tables() {
    var rows = 0
    for try await _ in table.rows { rows += 1 }
    print("\(table.name) \(rows)")
}
