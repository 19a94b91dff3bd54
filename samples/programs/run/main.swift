// Converts a download while it comes, without a copy of it on disk: swift run sample-run rm-bp1example dt-s100example
// lake Keys come from the environment or from `aliyun configure`, the region from ALIBABA_CLOUD_REGION_ID. The last
// bytes are given only when the store's checksum is right, so a folder with _SUCCESS holds all of it.
import BackupExports
import DatabaseBackup
import Foundation

let (instance, task, folder) = (
    CommandLine.arguments[1], DownloadTaskID(CommandLine.arguments[2]), CommandLine.arguments[3]
)
let environment = ProcessInfo.processInfo.environment
let backups = try DatabaseBackups(
    region: environment["ALIBABA_CLOUD_REGION_ID"] ?? "cn-hangzhou", endpoint: environment["ALIBABA_CLOUD_ENDPOINT"])
do {
    _ = try await backups.wait(for: task, of: instance)
    let download = try await backups.open(task)
    let report = try await BackupExport(source: download, name: task.description).convert(toFolder: folder)
    print("\(report.rows) rows of \(report.tables.count) tables from \(report.inputBytes) bytes")
} catch let error as ExportError {
    print(error)
    exit(1)
} catch let error as BackupError {
    print("\(error)\(error.canRetry ? " Running it again may help." : "")")
    exit(1)
}
