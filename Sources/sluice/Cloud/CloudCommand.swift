import AlibabaCloudCore
import ArgumentParser
import DatabaseBackup

/// A command that speaks to the cloud: how it starts, how it is interrupted, how it ends.
protocol CloudCommand: AsyncParsableCommand, HelpedCommand, Sendable {
    var cloud: CloudOptions { get }
    var verbosity: VerbosityOptions { get }
    /// Where it speaks.
    var console: Console { get }
    /// Whether calls are made that need to know the region.
    var needsRegion: Bool { get }
    func perform(_ backups: DatabaseBackups, _ console: Console) async throws
}

extension CloudCommand {
    var console: Console { Console(verbosity) }
    var needsRegion: Bool { true }

    func run() async throws {
        let console = console
        defer { console.clearProgress() }
        do {
            let backups = try open(console)
            try await Interrupts.guarding { try await perform(backups, console) }
        } catch is CancellationError {
            throw CommandFailure(status: .interrupted, message: "interrupted; run the same command again to resume")
        }
    }

    private func open(_ console: Console) throws -> DatabaseBackups {
        let transport = NetworkTransport.fromEnvironment()
        let region = cloud.region ?? CredentialChain.region(profile: cloud.profile, transport: transport)
        if region == nil && needsRegion {
            throw CloudError(
                .badArguments, "the region is not known",
                advice: "Use --region, ALIBABA_CLOUD_REGION_ID, or a profile with a region.")
        }
        return try DatabaseBackups(
            region: region ?? "", credentials: CredentialChain(profile: cloud.profile, transport: transport),
            endpoint: cloud.endpoint, transport: transport, logger: StandardErrorLog.logger(console))
    }
}

extension ExitStatus {
    init(_ kind: CloudError.Kind) {
        self =
            switch kind {
            case .credentials: .credentials
            case .throttled, .network, .timedOut, .diskFull, .serviceFailed, .unclear, .notReady: .tryAgain
            case .outputExists, .outputFailed: .outputExists
            case .damaged, .objectChanged: .badData
            case .badArguments: .badArguments
            case .refused, .notFound, .taskFailed, .taskExpired, .taskBlocked, .linkExpired, .unexpectedAnswer:
                .serviceRefused
            default: .failed
            }
    }
}
