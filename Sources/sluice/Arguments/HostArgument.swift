import ArgumentParser
import DatabaseBackup

/// Whose logs, on the command line: `primary`, `all`, or the number of a host.
struct HostArgument: ExpressibleByArgument {
    let hosts: BinaryLogFilter.Hosts

    init(_ hosts: BinaryLogFilter.Hosts) {
        self.hosts = hosts
    }

    init?(argument: String) {
        switch argument {
        case "": return nil
        case "primary": hosts = .primary
        case "all": hosts = .all
        default: hosts = .host(argument)
        }
    }

    var defaultValueDescription: String {
        switch hosts {
        case .primary: "primary"
        case .all: "all"
        case .host(let id): id
        }
    }
}
