import AlibabaCloudCore

/// What to do about the codes that the service documents.
enum ServiceAdvice {
    static func text(for error: CloudError) -> String? {
        if let code = error.code {
            if let known = byCode[code] { return known }
            if code.hasPrefix("SignatureDoesNotMatch") || code.hasPrefix("IncompleteSignature") {
                return "Check the access key's secret, and that no proxy changes requests."
            }
            if code.hasPrefix("InvalidTimeStamp") {
                return "Set this machine's clock; it may be at most 15 minutes off."
            }
            if code.hasPrefix("InvalidAccessKeyId") { return "Check the access key id, and that the key is enabled." }
            if code.hasPrefix("InvalidSecurityToken") { return "The temporary key has ended; get a new one." }
            if code.hasPrefix("Forbidden.RAM") || code.hasPrefix("NoPermission") || code.hasPrefix("DBS.NoPermission") {
                return grant
            }
        }
        switch error.kind {
        case .credentials: return grant
        case .throttled: return "Run it again in a minute."
        case .serviceFailed: return "Run it again; if it lasts, ask the vendor's support with the request id."
        case .unclear: return "It may or may not have been done: list what exists before asking again."
        default: return nil
        }
    }

    static func remedy(for error: CloudError) -> CloudError.Remedy? {
        error.code == "DBS.DownloadTask.OnlyOneRunningOrFailedTask" ? .retryFailed : nil
    }

    private static let grant =
        "Grant the key's user the actions of the RAM policy in the documentation (dbs:…Download…, rds:CreateBackup, "
        + "rds:Describe…)."

    private static let byCode: [String: String] = [
        "DBS.DownloadTask.CannotFind":
            "Check the task id, the instance and the region; tasks vanish some days after they end.",
        "DBS.DownloadTask.JobAlreadyExist": "The same download was asked for in recent days: use that task.",
        "DBS.DownloadTask.OnlyOneRunningOrFailedTask":
            "An instance has one task at a time, and a failed one blocks too: wait for it, or retry it.",
        "DBS.DownloadTask.OssForbid": "Give the role AliyunDBSDefaultRole access to the bucket.",
        "DBS.DownloadTask.OssStorageTypeInvalid": "Use a bucket of storage class Standard.",
        "DBS.DownloadTask.BakSetError":
            "Check the backup set's id: it must be a finished backup of this very instance.",
        "DBS.DownloadTask.CustinIdNotSupport":
            "This instance has no advanced download; see ‘Preconditions’ of the vendor's help.",
        "DBS.DownloadTask.CustinNameNotSupport": "Check the instance id and the region.",
        "DBS.DownloadTask.DbTypeNotSupport":
            "This engine has no advanced download (MySQL, PostgreSQL, PolarDB for MySQL have).",
        "DBS.DownloadTask.InstanceInfoNotSupport": "The instance must be running and have finished backups.",
        "DBS.DownloadTask.InstanceParamNotSupport":
            "Disk encryption, TDE and data archiving rule the advanced download out.",
        "DBS.DownloadTask.InstanceStorageTypeNotSupport":
            "Only instances on ESSD or premium performance disks have it.",
        "DBS.DownloadTask.InstanceVersionNotSupport":
            "MySQL 5.7 or 8.0 with minor version 20201031 or later, or PostgreSQL 10 or later, is needed.",
        "DBS.DownloadTask.NotSupport": "See ‘Preconditions’ of the vendor's help on advanced download.",
        "DBS.DownloadTask.RegionNotSupport": "This region has no advanced download.",
        "DBS.DownloadTask.UserNotSupport": "Ask the vendor to enable advanced download for the account.",
        "DBS.NotExists": "Check the id and the region.",
        "DBS.ParamIsInValid": "Check ids, region and format.",
        "Forbidden.InstanceNotFound": "Check the instance id and the region; the key's account must own the instance.",
        "InvalidDBInstanceId.NotFound": "Check the instance id and the region.",
        "BackupJobExists": "A backup of this instance is running: wait for that one.",
        "IncorrectDBInstanceState": "The instance must be in state Running; try again when it is.",
        "Exceeded.BackupTimes": "An instance makes at most 20 backups a day.",
        "BackupType.NotSupport": "This instance does not make backups of that method.",
        "InvokeProxyFailure": "The service failed inside; run it again.",
        "ExternalFailure": "The service failed inside; run it again.",
        "RequestMetaDataFailed": "The service failed inside; run it again.",
    ]
}
