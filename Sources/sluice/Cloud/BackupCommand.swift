import AlibabaCloudCore
import ArgumentParser
import BackupExports
import DatabaseBackup

struct BackupCommand: CloudCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Start a backup of an RDS instance.",
        discussion: """
            Prints the backup job's id, or with --wait the id of the backup set, which is what ‘create’ takes. A \
            backup \
            in progress is found and used.

            Examples:
              sluice backup --instance rm-bp1example --wait
              set=$(sluice backup --instance rm-bp1example --wait)
              sluice create --instance rm-bp1example --backup-set "$set"
            """)

    static let shortHelp = ShortHelp(
        usage: "--instance ID", options: ["--instance", "--wait", "--timeout", "--json", "--region"])

    enum Method: String, CaseIterable, ExpressibleByArgument {
        case physical, logical, snapshot
    }

    @Option(help: ArgumentHelp("The instance.", valueName: "id"))
    var instance: String

    @Option(help: "How to back up. Instances on cloud disks make a snapshot whatever is said.")
    var method: Method = .physical

    @Option(help: ArgumentHelp("Databases of a logical backup; all if left out.", valueName: "a,b,c"))
    var databases: String?

    @Flag(help: "Wait for the backup set.")
    var wait = false

    @Option(help: "With --wait: how often to look at first.")
    var every = DurationArgument(.seconds(15))

    @Option(help: "With --wait: when to give up.")
    var timeout = DurationArgument(.seconds(7200))

    @OptionGroup var answer: AnswerOptions
    @OptionGroup var verbosity: VerbosityOptions
    @OptionGroup var cloud: CloudOptions

    func validate() throws {
        if databases != nil && method != .logical { throw ValidationError("--databases needs --method logical.") }
    }

    func perform(_ backups: DatabaseBackups, _ console: Console) async throws {
        let chosen: InstanceBackup.Method =
            switch method {
            case .physical: .physical
            case .snapshot: .snapshot
            case .logical: .logical(databases: databases.map { $0.split(separator: ",").map(String.init) } ?? [])
            }
        let (job, existed) = try await backups.ensureBackup(InstanceBackup(instance: instance, method: chosen))
        console.note(existed ? "backup job \(job) was already running" : "backup job \(job) started")
        var set: String?
        if wait {
            let policy = WaitPolicy(first: every.duration, timeout: timeout.duration)
            set = try await backups.wait(forBackup: job, of: instance, policy: policy) { seen in
                console.progress("job \(job)  \(seen.progress ?? "")  \(seen.percent ?? "")")
            }
            console.clearProgress()
        }
        if answer.json {
            let object = JSONObject([
                "job": .text(job), "backup_set": .text(set), "instance": .text(instance), "existed": .flag(existed),
            ])
            console.data(json: object.line)
        } else {
            console.data((set ?? job).printable)
        }
    }
}
