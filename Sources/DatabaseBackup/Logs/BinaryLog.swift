import AlibabaCloudCore
import Foundation

/// A log file of an RDS instance that the service keeps: a binary log of MySQL or MariaDB, a WAL file of PostgreSQL.
///
/// Source: DescribeBinlogFiles of RDS 2014-08-15.
public struct BinaryLog: Sendable, Hashable {
    /// Whether the service has the whole file.
    public enum State: Sendable, Hashable {
        /// The file can be fetched.
        case completed
        /// The service is still writing it to its store.
        case uploading
        /// Another word of the service, as it came.
        case other(String)

        init(_ text: String) {
            switch text.lowercased() {
            case "completed": self = .completed
            case "uploading": self = .uploading
            default: self = .other(text)
            }
        }

        /// The word that the command prints.
        public var word: String {
            switch self {
            case .completed: "completed"
            case .uploading: "uploading"
            case .other(let text): text
            }
        }
    }

    /// The instance that was asked.
    public let instance: String
    /// The file's name, such as `mysql-bin.000054`.
    public let name: String
    /// The host of the instance that wrote the file: an instance has several, and each numbers its logs for itself.
    public let host: String
    /// Bytes of the file.
    public let size: Int64?
    /// CRC-64/XZ of the file.
    public let checksum: UInt64?
    /// The time of the first change in the file.
    public let begin: Date?
    /// The time of the last change in the file.
    public let end: Date?
    /// Whether the service has the whole file.
    public let state: State
    /// The links to the file; without an address where the service offers none.
    public let link: DownloadLink

    /// - Returns: nil when there is neither a name nor a link that ends in one.
    init?(_ json: JSONValue, of instance: String) {
        let link = DownloadLink(
            publicURL: Self.address(json["DownloadLink"]), internalURL: Self.address(json["IntranetDownloadLink"]),
            expires: json["LinkExpiredTime"].instant)
        guard let name = json["LogFileName"].text ?? Self.name(of: link) else { return nil }
        self.init(
            instance: instance, name: name, host: json["HostInstanceID"].text ?? "", size: json["FileSize"].integer,
            checksum: json["Checksum"].text.flatMap { UInt64($0) }, begin: json["LogBeginTime"].instant,
            end: json["LogEndTime"].instant, state: json["RemoteStatus"].text.map { State($0) } ?? .completed,
            link: link)
    }

    init(
        instance: String, name: String, host: String, size: Int64? = nil, checksum: UInt64? = nil, begin: Date?,
        end: Date?, state: State = .completed,
        link: DownloadLink = DownloadLink(publicURL: nil, internalURL: nil, expires: nil)
    ) {
        self.instance = instance
        self.name = name
        self.host = host
        self.size = size
        self.checksum = checksum
        self.begin = begin
        self.end = end
        self.state = state
        self.link = link
    }

    /// The digits after the last dot of the name; nil for names without.
    var number: Int? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let digits = name[name.index(after: dot)...]
        return digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
    }

    /// A link that cannot be read must not hide the log. The documentation writes `NULL` for one that is not offered.
    private static func address(_ json: JSONValue) -> SignedURL? {
        json.text.flatMap { $0.uppercased() == "NULL" ? nil : try? SignedURL($0) }
    }

    /// Older answers have no name; the path of their links ends in it, perhaps with `.tar` after it.
    private static func name(of link: DownloadLink) -> String? {
        guard let path = (link.publicURL ?? link.internalURL)?.path,
            let last = path.split(separator: "/").last.flatMap({ String($0).removingPercentEncoding })
        else { return nil }
        return last.hasSuffix(".tar") ? String(last.dropLast(4)) : last
    }
}

extension BinaryLog {
    /// - Throws: `CloudError` of kind `notFound` when the service offers no such link, `notReady` while it uploads the
    ///   log.
    public func url(on network: DownloadLink.Network) throws(CloudError) -> SignedURL {
        try checkReady()
        if let url = network == .public ? link.publicURL : link.internalURL { return url }
        throw CloudError(
            .notFound, "the service offers no \(network.rawValue) link to the log", location: name,
            advice: "See ‘Log backups’ in the console of the instance: the log may be past its retention.")
    }

    /// - Throws: `CloudError` of kind `notReady` while the service does not have the whole file.
    func checkReady() throws(CloudError) {
        guard state == .uploading else { return }
        throw CloudError(
            .notReady, "the log is still being uploaded to the store", location: name,
            advice: "Run it again in a few minutes.", canRetry: true)
    }

    /// The names come from the service and become names of files.
    func checkNames() throws(CloudError) {
        if Self.isSafe(name) && (host.isEmpty || Self.isSafe(host)) { return }
        throw CloudError(
            .unexpectedAnswer, "the service lists a log whose name is not that of a file", location: name,
            advice: "Look for a wrong endpoint.")
    }

    private static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".") && !name.hasSuffix(".partial")
            && !name.hasSuffix(".partial.state")
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }
}
