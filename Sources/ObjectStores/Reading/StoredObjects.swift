import AlibabaCloudCore
import BackupBytes
import Crypto
import Foundation

/// An object of a store, or all objects below a prefix, as the store listed them.
public struct StoredObjects: StoredFiles {
    struct Object: Sendable {
        let key: String
        /// Below the prefix; of a single object, the last part of its key.
        let path: String
        let size: Int
        let etag: String
    }

    enum Found: Sendable {
        case file(Object)
        case folder([Object])
    }

    private let client: StoreClient
    private let address: StoreAddress
    /// As a store's list has them, by path.
    public let contents: StoredContents

    init(_ client: StoreClient, _ address: StoreAddress, _ found: Found) {
        self.client = client
        self.address = address
        contents =
            switch found {
            case .file(let object): .file(Self.file(object))
            case .folder(let objects): .folder(objects.map(Self.file))
            }
    }

    private static func file(_ object: Object) -> StoredFile {
        StoredFile(path: object.path, size: object.size, version: object.etag)
    }

    /// The address: `oss://bucket/key`, with `/` at the end for a prefix.
    public var name: String { address.description }

    /// A digest of all paths, sizes and tags.
    public var identity: String {
        var hash = SHA256()
        let files =
            switch contents {
            case .file(let file): [file]
            case .folder(let files): files
            }
        for file in files {
            hash.update(data: Data("\(file.path.utf8.count):\(file.path) \(file.size) \(file.version ?? "-")\n".utf8))
        }
        return RequestSigner.hex(hash.finalize())
    }

    /// Opens an object; the first request is sent by the first read.
    public func open(_ file: StoredFile) throws -> any SeekableByteSource {
        let key = if case .folder = contents { address.key + file.path } else { address.key }
        let object = StoreAddress(kind: address.kind, bucket: address.bucket, key: key)
        let url = try client.endpoint.url(bucket: object.bucket, key: key, query: "")
        let origin = ObjectOrigin(
            requests: SignedRequests(client: client, address: object, url: url), transport: client.transport,
            retry: client.retry, clock: client.clock, logger: client.logger)
        return ObjectFile(
            origin, identity: ObjectIdentity(size: Int64(file.size), etag: file.version, checksum: nil))
    }
}

/// Requests for an object that are signed each: there is no link that could die.
private struct SignedRequests: ObjectRequests {
    let client: StoreClient
    let address: StoreAddress
    let url: SignedURL

    var canRenew: Bool { false }
    var mayBeMarkup: Bool { true }

    func link(insteadOf dead: SignedURL?) -> SignedURL { url }

    func authorized(_ request: HTTPRequest) async throws -> HTTPRequest { try await client.signed(request, address) }

    func refusal(status: Int, text: String) -> CloudError {
        var error = StoreRefusal.ofRequest(status: status, text: text)
        error.location = address.description
        return error
    }
}
