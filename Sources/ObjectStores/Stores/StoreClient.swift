import AlibabaCloudCore
import Logging

/// Speaks to a store: lists, and opens objects. Each request is signed with credentials that are asked for before it.
public struct StoreClient: Sendable {
    /// Whose protocol is spoken.
    public let kind: StoreAddress.Kind
    let endpoint: StoreEndpoint
    let credentials: any CredentialsProvider
    let transport: any HTTPTransport
    let retry: RetryPolicy
    let clock: Clockwork
    let logger: Logger

    /// Makes a client; nothing is sent yet.
    public init(
        _ kind: StoreAddress.Kind, endpoint: StoreEndpoint, credentials: any CredentialsProvider,
        transport: any HTTPTransport, retry: RetryPolicy = .standard, clock: Clockwork = .system,
        logger: Logger = Logger(label: "sluice.stores")
    ) {
        self.kind = kind
        self.endpoint = endpoint
        self.credentials = credentials
        self.transport = transport
        self.retry = retry
        self.clock = clock
        self.logger = logger
    }

    /// What lies at an address: the object of that key, or else all objects below it as a prefix that ends in `/`.
    ///
    /// The listing, sizes and versions are those of now. What changes later is an error when it is read.
    ///
    /// - Throws: `CloudError`, of the kind `notFound` where there is neither.
    public func open(_ address: StoreAddress) async throws -> StoredObjects {
        if !address.key.isEmpty, !address.key.hasSuffix("/"), let object = try await object(at: address) {
            return StoredObjects(self, address, .file(object))
        }
        let prefix = address.key.isEmpty || address.key.hasSuffix("/") ? address.key : address.key + "/"
        let folder = StoreAddress(kind: address.kind, bucket: address.bucket, key: prefix)
        let files = try await list(folder)
        guard !files.isEmpty else {
            throw CloudError(
                .notFound, "there is no object, and none below it", location: address.description,
                advice: "Check the bucket and the key.")
        }
        return StoredObjects(self, folder, .folder(files))
    }

    /// The object of exactly that key; nil where there is none.
    private func object(at address: StoreAddress) async throws -> StoredObjects.Object? {
        let headers: [String: String]
        do { headers = try await send(.head, address, query: [:]).headers } catch let error as CloudError
            where error.kind == .notFound && error.code != "NoSuchBucket"
        { return nil }
        guard let size = headers["content-length"].flatMap({ Int($0) }), let etag = headers["etag"] else {
            throw CloudError(
                .unexpectedAnswer, "the store says no size or no tag of the object", location: address.description)
        }
        let name = address.key.split(separator: "/").last.map(String.init) ?? address.bucket
        return StoredObjects.Object(key: address.key, path: name, size: size, etag: etag)
    }

    /// All objects below a prefix, by the bytes of their paths. What stands for a folder (an empty object whose key
    /// ends in `/`) is left out.
    private func list(_ folder: StoreAddress) async throws -> [StoredObjects.Object] {
        var objects: [StoredObjects.Object] = [], token: String?
        repeat {
            var query = ["list-type": "2", "encoding-type": "url", "max-keys": "1000"]
            if !folder.key.isEmpty { query["prefix"] = folder.key }
            query["continuation-token"] = token
            let bucket = StoreAddress(kind: folder.kind, bucket: folder.bucket, key: "")
            let text = try await send(.get, bucket, query: query).text
            let page = try ListedPage(text, location: folder.description)
            // A page without objects, or with the token of the one before, would have no end.
            guard page.next == nil || page.next != token && !page.objects.isEmpty else {
                throw CloudError(
                    .unexpectedAnswer, "the store's list has no end", location: folder.description)
            }
            for object in page.objects {
                // By bytes: the next character of a key may combine with the slash.
                guard object.key.utf8.starts(with: folder.key.utf8) else {
                    throw CloudError(
                        .unexpectedAnswer, "the store lists what was not asked for", location: folder.description)
                }
                let path = String(decoding: object.key.utf8.dropFirst(folder.key.utf8.count), as: UTF8.self)
                if path.isEmpty || path.hasSuffix("/") && object.size == 0 { continue }
                objects.append(.init(key: object.key, path: path, size: object.size, etag: object.etag))
            }
            token = page.next
        } while token != nil
        objects.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return objects
    }

    /// The headers and the text of an answer; asks again as the policy of retries allows, also where the text is cut.
    private func send(
        _ method: HTTPRequest.Method, _ address: StoreAddress, query: [String: String]
    ) async throws -> (headers: [String: String], text: String) {
        let query = PercentEncoding.canonicalQuery(query)
        let url = try endpoint.url(bucket: address.bucket, key: address.key, query: query)
        return try await retry.repeating(clock) { error, attempt, _ in
            logger.info("asking the store again", metadata: ["attempt": "\(attempt)", "reason": "\(error)"])
        } _: {
            let request = try await signed(HTTPRequest(method, url), address, query: query)
            let response = try await transport.send(request)
            let text = try await response.text()
            if response.status == 200 { return (response.headers, text) }
            var error = StoreRefusal.ofRequest(status: response.status, text: text)
            error.location = address.description
            throw error
        }
    }

    func signed(_ request: HTTPRequest, _ address: StoreAddress, query: String = "") async throws -> HTTPRequest {
        let signer = StoreSigner(
            kind: kind, credentials: try await credentials.credentials(), region: endpoint.region, date: clock.now())
        let key = StoreEndpoint.encodedPath(address.key)
        var request = request
        request.headers = signer.headers(
            method: request.method.rawValue, host: request.url.authority, path: request.url.path,
            resource: "/\(address.bucket)/\(key)", query: query, headers: request.headers)
        return request
    }
}
