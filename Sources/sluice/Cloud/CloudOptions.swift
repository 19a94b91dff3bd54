import AlibabaCloudCore
import ArgumentParser
import DatabaseBackup

/// Whom to ask, as whom, over which network.
struct CloudOptions: ParsableArguments {
    @Option(
        help: "Region of the instance, such as cn-hangzhou. Default: ALIBABA_CLOUD_REGION_ID, or the profile's region.")
    var region: String?

    @Option(
        help: ArgumentHelp(
            "One address for all products, instead of the vendor's own (http on loopback only).", valueName: "url"))
    var endpoint: String?

    @Option(help: ArgumentHelp("A profile of ~/.aliyun/config.json or ~/.alibabacloud/credentials.", valueName: "name"))
    var profile: String?

    @Option(help: "Which link to fetch from: public, or internal (free, from ECS in the same region).")
    var network: DownloadLink.Network = .public
}

extension DownloadLink.Network: ExpressibleByArgument {}
