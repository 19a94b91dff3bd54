import BackupBytes
import Foundation

extension LakeError {
    /// Writes all of `bytes`; `location` names the descriptor in the error.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ location: String) throws {
        do { try Descriptor.write(bytes, to: descriptor, path: location) } catch {
            throw output(error.operation, location, error.code)
        }
    }

    /// A failure of writing, by its `errno`.
    package static func output(_ operation: String, _ location: String, _ code: Int32) -> LakeError {
        let why = "cannot \(operation) \(location): \(String(cString: strerror(code)))"
        switch code {
        case ENOSPC, EDQUOT:
            return LakeError(.diskFull, why: why, remedy: "make room, and run it again with \(.resumesOutput)")
        case EFBIG:
            return LakeError(
                .diskFull, why: why, remedy: "files may not grow that far here (ulimit -f): see \(.partSize)")
        case EMFILE, ENFILE, ENOMEM: return .shortage(why)
        case EPIPE: return LakeError(.readerGone, why: why)
        default: return LakeError(.outputFailed, why: why)
        }
    }

    /// What the process lacks.
    package static func shortage(_ why: String) -> LakeError {
        LakeError(
            .noResources, why: why, remedy: "raise the limit (ulimit -n, ulimit -u, the container's), or see \(.jobs)")
    }

    /// Notes of an earlier run that do not fit together.
    package static var damagedNotes: LakeError {
        LakeError(
            .outputExists, why: "the unfinished run cannot be resumed: what it has noted is damaged",
            remedy: "see \(.replacesOutput)")
    }

    /// What `body` gives; what it throws comes in its public form.
    static func wrapping<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw wrap(error) }
    }

    /// The public form of what the floor threw.
    static func wrap(_ error: any Error) -> any Error {
        switch error {
        case is RecordDamaged: damagedNotes
        case let failure as SystemFailure where failure.isShortage: shortage(failure.description)
        case let failure as SystemFailure: output(failure.operation, failure.path, failure.code)
        default: error
        }
    }
}
