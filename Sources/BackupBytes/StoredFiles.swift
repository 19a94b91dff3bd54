/// Files that lie in a store and can be read as often as needed: an object, or all objects below a prefix.
///
/// What is there is known from the beginning, and stays so: a file that is another one by the time it is read is an
/// error of that read.
public protocol StoredFiles: Sendable {
    /// What messages and the manifest call it, such as `oss://bucket/export/`.
    var name: String { get }
    /// The one file, or all files in the order of the bytes of their paths.
    var contents: StoredContents { get }
    /// Changes with any name, size or version of the files.
    var identity: String { get }

    /// Opens a file of `contents`. Reading blocks its thread.
    func open(_ file: StoredFile) throws -> any SeekableByteSource
}

/// What lies at a place in a store.
public enum StoredContents: Sendable {
    case file(StoredFile)
    case folder([StoredFile])
}

/// A file in a store.
public struct StoredFile: Sendable, Hashable {
    /// Below the folder, `/` between the parts; of a single file, its name.
    public var path: String
    /// Bytes.
    public var size: Int
    /// What the store calls this version of it; nil where it says nothing.
    public var version: String?

    /// Describes a file as the store lists it.
    public init(path: String, size: Int, version: String?) {
        self.path = path
        self.size = size
        self.version = version
    }
}
