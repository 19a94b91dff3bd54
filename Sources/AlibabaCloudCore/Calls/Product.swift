/// The vendor's products that are spoken to, their versions and where they live.
///
/// Source: the vendor's endpoint metadata, April 2026.
package enum Product: Sendable {
    /// Data Disaster Recovery (DBS), 2021-01-01: advanced download.
    case advancedDownload
    /// DBS, 2019-03-06: classic backup plans.
    case classicBackup
    /// ApsaraDB RDS, 2014-08-15.
    case rds
    /// PolarDB, 2017-08-01.
    case polarDB
    /// Security Token Service, 2015-04-01.
    case securityTokens

    package var version: String {
        switch self {
        case .advancedDownload: "2021-01-01"
        case .classicBackup: "2019-03-06"
        case .rds: "2014-08-15"
        case .polarDB: "2017-08-01"
        case .securityTokens: "2015-04-01"
        }
    }

    /// Whether answers carry a `Success` field, which then decides alone.
    package var saysSuccess: Bool {
        switch self {
        case .advancedDownload, .classicBackup: true
        case .rds, .polarDB, .securityTokens: false
        }
    }

    /// The public host for a region. Regions without a host of their own are served by Hangzhou's: the region of the
    /// instance is a parameter of the call, not a matter of the host.
    package func host(region: String) -> String {
        switch self {
        case .advancedDownload, .classicBackup:
            let own = Self.ownBackupHosts.contains(region) ? region : "cn-hangzhou"
            return "dbs-api.\(own).aliyuncs.com"
        case .rds:
            return Self.sharedDatabaseHosts.contains(region) ? "rds.aliyuncs.com" : "rds.\(region).aliyuncs.com"
        case .polarDB:
            return Self.sharedPolarHosts.contains(region) ? "polardb.aliyuncs.com" : "polardb.\(region).aliyuncs.com"
        case .securityTokens:
            return region.isEmpty ? "sts.aliyuncs.com" : "sts.\(region).aliyuncs.com"
        }
    }

    private static let ownBackupHosts: Set = [
        "cn-zhangjiakou", "cn-chengdu", "cn-huhehaote", "cn-wulanchabu", "ap-northeast-1", "ap-southeast-1",
        "ap-southeast-2", "ap-southeast-3", "ap-southeast-5", "ap-south-1", "eu-west-1", "eu-central-1", "me-east-1",
    ]
    private static let sharedDatabaseHosts: Set = [
        "cn-qingdao", "cn-beijing", "cn-hangzhou", "cn-shanghai", "cn-shenzhen", "cn-heyuan", "cn-hongkong",
        "cn-hangzhou-finance", "cn-shanghai-finance-1", "cn-beijing-finance-1",
    ]
    private static let sharedPolarHosts: Set = [
        "cn-qingdao", "cn-beijing", "cn-hangzhou", "cn-shanghai", "cn-heyuan", "cn-wulanchabu", "cn-hangzhou-finance",
        "cn-beijing-finance-1",
    ]
}
