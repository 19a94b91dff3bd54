import BackupBytes
import Foundation

extension SystemFailure {
    /// What Foundation says of a file, as the system said it.
    init?(_ error: CocoaError) {
        guard let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error else { return nil }
        let code = (cause as? POSIXError).map { $0.code.rawValue } ?? Int32((cause as NSError).code)
        let path =
            error.userInfo[NSFilePathErrorKey] as? String ?? (error.userInfo[NSURLErrorKey] as? URL)?.path ?? "a file"
        self.init(operation: Self.isOfWriting(error.code) ? "write" : "read", path: path, code: code)
    }

    private static func isOfWriting(_ code: CocoaError.Code) -> Bool { (512 ... 1023).contains(code.rawValue) }
}
