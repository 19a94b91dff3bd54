import Foundation

/// A piece of output as it is to lie in a file or go through a pipe.
package enum OutputBlock: Sendable {
    case lines(Lines)
    /// Lines as a gzip member or a Zstandard frame of their own.
    case compressed(Data, rows: Int)

    package var rows: Int {
        switch self {
        case .lines(let lines): lines.rows
        case .compressed(_, let rows): rows
        }
    }

    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        switch self {
        case .lines(let lines): try lines.withBytes(body)
        case .compressed(let data, _): try data.withUnsafeBytes(body)
        }
    }
}
