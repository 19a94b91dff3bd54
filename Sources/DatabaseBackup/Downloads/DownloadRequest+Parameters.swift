import AlibabaCloudCore

extension DownloadRequest {
    /// The query of CreateDownload.
    func parameters(region: String) -> [String: String?] {
        var query: [String: String?] = [
            "RegionCode": region, "InstanceName": instance, "FormatType": format.wire,
            "UseZstd": usesZstandard ? "true" : nil,
        ]
        switch source {
        case .backupSet(let id, let size):
            query["BakSetType"] = "full"
            query["BakSetId"] = id
            query["BakSetSize"] = size.map { String($0) }
        case .pointInTime(let date):
            query["BakSetType"] = "pitr"
            query["DownloadPointInTime"] = Timestamps.milliseconds(date)
        }
        switch target {
        case .url:
            query["TargetType"] = "URL"
        case .oss(let bucket, let path, let region):
            query["TargetType"] = "OSS"
            query["TargetBucket"] = bucket
            query["TargetPath"] = path
            query["TargetOssRegion"] = region
        }
        switch format {
        case .physical:
            query["IsPhysical"] = "true"
        case .bson(let documents):
            query["IsCluster"] = documents.isCluster ? "true" : "false"
            query["AdminDatabase"] = documents.adminDatabase
            query["PrimaryKeyTypeOnly"] = documents.primaryKeyTypeOnly ? "true" : "false"
            query["ClusterName"] = documents.clusterName
        case .csv, .sql, .parquet: break
        }
        return query
    }
}
