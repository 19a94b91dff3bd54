import AlibabaCloudCore
import BackupExports
import BackupLake

/// An error in one line for people, with the command's flags for what the libraries call a remedy.
enum ErrorLine {
    static func text(of error: any Error) -> String {
        switch error {
        case let error as ExportError: error.text(naming: \.flag)
        case let error as LakeError: error.text(naming: \.flag)
        case let error as CloudError: error.textWithFlags
        default: "\(error)"
        }
    }
}
