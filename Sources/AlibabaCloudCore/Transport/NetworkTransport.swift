import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// The transport that speaks to the network: TLS with the system's certificates, IPv4 and IPv6, proxies from the
/// environment.
///
/// The only file that knows which HTTP client does the work. Nothing needs to be shut down: letting go of the transport
/// is enough.
public final class NetworkTransport: HTTPTransport {
    private let proxies: ProxySettings
    private let silence: Duration
    private let clients = Mutex<[ProxySettings.Proxy?: HTTPClient]>([:])

    /// - Parameters:
    ///   - environment: where `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy` are read.
    ///   - silence: how long a connection may send nothing before it counts as broken.
    public init(environment: [String: String], silence: Duration = .seconds(60)) {
        proxies = ProxySettings(environment: environment)
        self.silence = silence
    }

    /// Proxies from the environment of this process.
    public static func fromEnvironment() -> NetworkTransport {
        NetworkTransport(environment: ProcessInfo.processInfo.environment)
    }

    deinit {
        for client in clients.withLock({ $0 }).values {
            client.shutdown { _ in }
        }
    }

    /// Sends a request; the answer's body is read as it comes.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard request.url.scheme == "https" || request.url.isLoopback || request.url.allowsPlainText else {
            throw CloudError(
                .badArguments, "http is spoken to this machine only", location: request.url.description,
                advice: "Use https.")
        }
        var outgoing = HTTPClientRequest(url: request.url.revealed)
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
        do {
            let deadline = NIODeadline.now() + TimeAmount(request.patience)
            let answer = try await client(for: request.url).execute(outgoing, deadline: deadline)
            var headers: [String: String] = [:]
            for (name, value) in answer.headers {
                headers[name.lowercased()] = headers[name.lowercased()].map { "\($0), \(value)" } ?? value
            }
            let (body, location) = (answer.body, request.url.description)
            return HTTPResponse(
                status: Int(answer.status.code), headers: headers,
                body: HTTPBody { ArrivingPieces(pieces: body.makeAsyncIterator(), location: location, transport: self) }
            )
        } catch {
            throw Self.translate(error, location: request.url.description)
        }
    }

    private func client(for url: SignedURL) -> HTTPClient {
        let proxy = proxies.proxy(for: url)
        return clients.withLock { clients in
            if let client = clients[proxy] { return client }
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration(proxy))
            clients[proxy] = client
            return client
        }
    }

    private func configuration(_ proxy: ProxySettings.Proxy?) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(10), read: TimeAmount(silence))
        configuration.httpVersion = .http1Only
        configuration.decompression = .disabled
        configuration.tracing.tracer = nil  // a span would carry the signed query
        configuration.connectionPool.retryConnectionEstablishment = false  // the retry policy is ours
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
        configuration.http1_1ConnectionDebugInitializer = { channel in
            // The client hands on one read at a time, so large reads are what makes it fast.
            let sizes = AdaptiveRecvByteBufferAllocator(minimum: 1 << 14, initial: 1 << 16, maximum: 1 << 20)
            return channel.setOption(.recvAllocator, value: sizes).flatMap { UnhurriedClose.install(on: channel) }
        }
        if let proxy {
            let authorization = proxy.user.map { user in
                HTTPClient.Authorization.basic(username: user, password: proxy.password?.revealed ?? "")
            }
            configuration.proxy = .server(host: proxy.host, port: proxy.port, authorization: authorization)
        }
        return configuration
    }

    /// Keeps the client's own words only where they cannot hold an address.
    fileprivate static func translate(_ error: any Error, location: String) -> any Error {
        if error is CancellationError || error is CloudError { return error }
        if error is NIOSSLError, "\(error)".contains("CERTIFICATE_VERIFY_FAILED") {
            return CloudError(
                .network, "the server's certificate is not trusted", location: location,
                advice: "If a proxy here opens TLS, add its certificate to the system's.")
        }
        let reason =
            switch error {
            case let error as HTTPClientError where error == .cancelled && Task.isCancelled: nil as String?
            case let error as HTTPClientError: error.shortDescription
            case let error as IOError: error.description
            case let error as NIOConnectionError:
                "no connection to \(error.host):\(error.port)"
            default: "the connection was cut (\(type(of: error)))"
            }
        guard let reason else { return CancellationError() }
        return CloudError(.network, reason, location: location, canRetry: true)
    }
}

private struct ArrivingPieces: HTTPBody.Pieces {
    var pieces: HTTPClientResponse.Body.AsyncIterator
    let location: String
    /// Held until the body has come: without its transport the answer would be cut.
    let transport: NetworkTransport

    mutating func next() async throws -> (any HTTPBody.Piece)? {
        do {
            return try await pieces.next().map(ArrivedPiece.init)
        } catch {
            throw NetworkTransport.translate(error, location: location)
        }
    }
}

private struct ArrivedPiece: HTTPBody.Piece {
    let buffer: ByteBuffer
    var count: Int { buffer.readableBytes }

    func withBytes<Result>(_ read: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try buffer.withUnsafeReadableBytes(read)
    }
}
