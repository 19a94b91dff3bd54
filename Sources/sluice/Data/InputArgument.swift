import AlibabaCloudCore
import BackupExports
import ObjectStores

/// An input as it is named on the command line: a path, `-`, `oss://` or `s3://`, a link.
enum InputArgument {
    /// Looks up what lies in a store, so that a wrong address is an error before anything is made.
    static func open(_ names: [String], _ console: Console) async throws -> [ExportInput] {
        let transport = NetworkTransport.fromEnvironment(), logger = StandardErrorLog.logger(console)
        var inputs: [ExportInput] = [], clients: [StoreAddress.Kind: StoreClient] = [:]
        for name in names {
            if name == "-" {
                inputs.append(.source(FileSource.standardInput, name: "stdin"))
            } else if let address = try StoreAddress(name) {
                let client =
                    try clients[address.kind]
                    ?? .fromEnvironment(address.kind, transport: transport, logger: logger)
                clients[address.kind] = client
                inputs.append(.stored(try await client.open(address)))
            } else if name.hasPrefix("https://") || name.hasPrefix("http://") {
                let link = try SignedURL(name)
                inputs.append(.stored(try await LinkedObject.open(link, transport: transport, logger: logger)))
            } else {
                inputs.append(.path(name))
            }
        }
        return inputs
    }
}
