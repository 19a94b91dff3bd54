// Has a backup set converted, waits for it and fetches it: swift run sample-fetch rm-bp1example 146005 shop.tar.gz Keys
// come from the environment or from `aliyun configure`, the region from ALIBABA_CLOUD_REGION_ID. Run it again after
// anything: the task that exists is used, and the file is resumed.
import DatabaseBackup
import Foundation

let (instance, backupSet, file) = (CommandLine.arguments[1], CommandLine.arguments[2], CommandLine.arguments[3])
let environment = ProcessInfo.processInfo.environment
let backups = try DatabaseBackups(
    region: environment["ALIBABA_CLOUD_REGION_ID"] ?? "cn-hangzhou", endpoint: environment["ALIBABA_CLOUD_ENDPOINT"])
do {
    let request = DownloadRequest(instance: instance, source: .backupSet(backupSet), format: .csv(header: true))
    let ensured = try await backups.ensureDownload(request)
    print("task \(ensured.task.id) \(ensured.origin)")

    let patience = WaitPolicy(first: .seconds(15), timeout: .seconds(6 * 3600))
    let task = try await backups.wait(for: ensured.task.id, of: instance, policy: patience) { seen in
        print(seen.state.word, seen.progress.map { "\($0) tables" } ?? "")
    }
    let report = try await backups.fetch(task.id, to: file)
    print("\(report.path): \(report.bytes) bytes, \(report.fetched) fetched now, verified by \(report.verification)")
} catch let error as BackupError {
    print("\(error)\(error.canRetry ? " Running it again may help." : "")")
    exit(1)
}
