import BackupRows

/// One assignment of SET, or of what sets as it does.
struct Setting {
    enum Name: Equatable {
        /// SET NAMES.
        case names
        /// SET CHARACTER SET.
        case characterSet
        /// A variable of the session, in lower case.
        case system(String)
        /// A variable of the user, in lower case.
        case user(String)

        static let clientEncoding = Name.system("client_encoding")

        /// For messages.
        var text: String {
            switch self {
            case .names: "NAMES"
            case .characterSet: "CHARACTER SET"
            case .system(let name): name
            case .user(let name): "@\(name)"
            }
        }
    }

    /// What is assigned, as far as it can be worked out without a server.
    indirect enum Expression {
        case text(String)
        case null
        case byDefault
        case system(String)
        /// Of the server, not of the session.
        case global(String)
        case user(String)
        case concat([Expression])
        case replace(Expression, Expression, Expression)
        /// The first that is not NULL.
        case firstOf([Expression])
        case unknown
    }

    var name: Name
    var value: Expression
    /// SET LOCAL: until the end of the transaction.
    var isLocal = false

    init(_ name: Name, _ value: Expression, isLocal: Bool = false) {
        self.name = name
        self.value = value
        self.isLocal = isLocal
    }
}
