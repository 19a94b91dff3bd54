import AlibabaCloudCore
import Foundation

/// RDS 2014-08-15 and PolarDB 2017-08-01: one method an operation. Their pages are counted from 1.
extension DatabaseBackups {
    /// CreateBackup: starts a backup of an RDS instance. Not repeated after an unclear failure: most callers want
    /// `ensureBackup(_:)`.
    ///
    /// - Returns: the job's id.
    public func createBackup(_ backup: InstanceBackup) async throws -> String {
        let answer = try await send(APICall(.rds, "CreateBackup", backup.parameters(), repetition: .lookFirst))
        guard let job = answer["BackupJobId"].text else {
            throw CloudError(
                .unclear, "the service began a backup but did not name its job", location: "CreateBackup",
                requestID: answer["RequestId"].text, advice: "List the instance's backup jobs.")
        }
        return job
    }

    /// DescribeBackupTasks: one job, or all unfinished ones.
    ///
    /// - Parameters:
    ///   - instance: the instance, `rm-…`.
    ///   - job: only this job.
    ///   - mode: `Automated` or `Manual`.
    ///   - status: `NoStart` or `Progressing`.
    ///   - flag: the operation's `Flag`, sent as it is.
    public func backupJobs(
        of instance: String, job: String? = nil, mode: String? = nil, status: String? = nil, flag: String? = nil
    ) async throws -> [BackupJob] {
        let answer = try await send(
            APICall(
                .rds, "DescribeBackupTasks",
                [
                    "DBInstanceId": instance, "BackupJobId": job, "BackupMode": mode, "BackupJobStatus": status,
                    "ClientToken": clock.nonce(), "Flag": flag,
                ]))
        return answer["Items"].items(under: "BackupJob").compactMap { BackupJob($0) }
    }

    /// DescribeBackups of RDS.
    ///
    /// - Parameters:
    ///   - instance: the instance, `rm-…`.
    ///   - filter: which sets, and how many on a page.
    ///   - type: `FullBackup` or `IncrementalBackup`.
    public func backupSets(
        of instance: String, _ filter: BackupSetFilter = BackupSetFilter(), type: String? = nil
    ) -> PagedSequence<BackupSet> {
        backupSets(.rds, ["DBInstanceId": instance, "BackupType": type], filter)
    }

    /// DescribeBackups of PolarDB, which wants both ends of the time; the last 30 days if the filter leaves them open.
    ///
    /// - Parameters:
    ///   - cluster: the cluster, `pc-…`.
    ///   - filter: which sets, and how many on a page.
    ///   - method: the operation's `BackupMethod`, sent as it is.
    ///   - backupRegion: for backups copied to another region.
    public func clusterBackupSets(
        of cluster: String, _ filter: BackupSetFilter = BackupSetFilter(), method: String? = nil,
        backupRegion: String? = nil
    ) -> PagedSequence<BackupSet> {
        var filter = filter
        let until = filter.until ?? clock.now()
        filter.until = until
        filter.since = filter.since ?? until.addingTimeInterval(-30 * 86400)
        return backupSets(
            .polarDB, ["DBClusterId": cluster, "BackupMethod": method, "BackupRegion": backupRegion], filter)
    }

    private func backupSets(
        _ product: Product, _ query: [String: String?], _ filter: BackupSetFilter
    ) -> PagedSequence<BackupSet> {
        PagedSequence(firstPage: 1) { number in
            let answer = try await send(
                APICall(product, "DescribeBackups", query.merging(filter.parameters(page: number)) { $1 }))
            return .init(
                items: answer["Items"].items(under: "Backup").compactMap { BackupSet($0) },
                total: answer["TotalRecordCount"].integer)
        }
    }

    /// Starts a backup, or finds the one that is already being made.
    ///
    /// - Returns: the job's id, and whether it was running before.
    public func ensureBackup(_ backup: InstanceBackup) async throws -> (job: String, existed: Bool) {
        do {
            return (try await createBackup(backup), false)
        } catch let error as CloudError where error.kind == .unclear || error.code == "BackupJobExists" {
            let jobs = try await backupJobs(of: backup.instance)
            guard let job = jobs.first(where: { $0.mode?.lowercased() == "manual" }) ?? jobs.first else { throw error }
            return (job.id, error.code == "BackupJobExists")
        }
    }
}
