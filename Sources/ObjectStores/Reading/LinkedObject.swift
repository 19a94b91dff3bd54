import AlibabaCloudCore
import BackupBytes
import Foundation
import Logging

/// The object of a link as a file: read from any offset, for as long as the link is good.
public struct LinkedObject: StoredFiles {
    private let origin: ObjectOrigin
    private let object: ObjectIdentity
    /// The object's file name.
    public let name: String

    /// Asks for the first bytes, so that size and tag are known.
    ///
    /// - Throws: `CloudError`: a link that is dead, a page instead of data. A server without ranges is one as well:
    ///   `badArguments`.
    public static func open(_ link: SignedURL, transport: any HTTPTransport, logger: Logger) async throws -> Self {
        let links = LinkSource(canRenew: false, clock: .system) { (link, nil) }
        let origin = ObjectOrigin(
            requests: links, transport: transport, retry: .standard, clock: .system, logger: logger)
        var first = ObjectStream(origin: origin, from: 0, to: 1, identity: nil)
        let object = try await first.open()
        guard first.servesRanges else {
            throw CloudError(
                .badArguments, "the server sends files from their first byte only", location: link.description,
                advice: "Fetch it first, or pipe it in.")
        }
        return LinkedObject(origin, object, name: link.path.split(separator: "/").last.map(String.init) ?? link.host)
    }

    private init(_ origin: ObjectOrigin, _ object: ObjectIdentity, name: String) {
        self.origin = origin
        self.object = object
        self.name = name.removingPercentEncoding ?? name
    }

    /// The one file.
    public var contents: StoredContents {
        .file(StoredFile(path: name, size: Int(object.size), version: object.etag))
    }

    /// Size, tag and checksum: the link has no part in it.
    public var identity: String { object.text }

    /// Opens the object; the first request is sent by the first read.
    public func open(_ file: StoredFile) -> any SeekableByteSource { ObjectFile(origin, identity: object) }
}
