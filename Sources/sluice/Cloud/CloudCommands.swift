/// The subcommands that speak to the cloud.
enum CloudCommands {
    static let all: [any HelpedCommand.Type] = [
        BackupCommand.self, CreateCommand.self, ListCommand.self, ShowCommand.self, WaitCommand.self, FetchCommand.self,
        RunCommand.self, BinlogsCommand.self,
    ]
}
