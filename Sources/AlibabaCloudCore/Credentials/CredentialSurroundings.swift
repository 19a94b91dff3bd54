import Foundation

/// What the sources of credentials look at: environment, files, network and clock.
package struct CredentialSurroundings: Sendable {
    package let environment: [String: String]
    package let home: String
    package let readFile: @Sendable (String) -> String?
    package let transport: any HTTPTransport
    package let clock: Clockwork

    package init(
        environment: [String: String], home: String, readFile: @escaping @Sendable (String) -> String?,
        transport: any HTTPTransport, clock: Clockwork
    ) {
        self.environment = environment
        self.home = home
        self.readFile = readFile
        self.transport = transport
        self.clock = clock
    }

    package static func process(transport: any HTTPTransport, clock: Clockwork) -> CredentialSurroundings {
        let environment = ProcessInfo.processInfo.environment
        return CredentialSurroundings(
            environment: environment, home: environment["HOME"] ?? NSHomeDirectory(),
            readFile: { try? String(contentsOfFile: $0, encoding: .utf8) }, transport: transport, clock: clock)
    }

    /// A variable that is set and not empty.
    package func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    func isOn(_ name: String) -> Bool {
        environment[name]?.lowercased() == "true"
    }
}
