import ArgumentParser
import ObjectStores

/// An output folder as it is given on the command line.
enum FolderArgument {
    /// A bucket is read, and not written: a folder of that name would look like it.
    static func check(_ folder: String) throws {
        if folder.isEmpty || folder == "-" { throw ValidationError("--output takes a folder") }
        if isInStore(folder) {
            throw ValidationError("--output \(folder): buckets are read, not written, in this version; give a folder")
        }
    }

    private static func isInStore(_ folder: String) -> Bool {
        // One without a bucket's name throws.
        do { return try StoreAddress(folder) != nil } catch { return true }
    }
}
