import BackupArchives
import BackupRows
import BackupText

/// The database of a tree whose tables lie at the root of the input (rule 39).
extension Structures {
    /// The database of a tree whose tables lie at the root; of a stream, as far as it has come. `isGiven`: a table is
    /// named by it.
    func rootDatabase(isGiven: Bool = true) throws -> String? {
        let isStream = !input.isSeekable
        var found = try root ?? (isStream ? RootDatabase(name: nil) : RootDatabase(in: input, options: options))
        let name = isStream && isGiven ? found.give() : found.name
        root = found
        return name
    }

    /// `names`: in a structure file at the root.
    func learnRoot(_ names: SQLNames, _ origin: String) throws {
        guard !input.isSeekable else {
            if root == nil, let database = names.database { root = RootDatabase(name: database) }
            return
        }
        var known = root ?? RootDatabase(name: nil)
        if let database = names.database {
            try known.learn(database, by: .structure, from: origin)
        } else if !names.declaresTable, let name = input.bareName {
            try known.learn(name, by: .input, from: origin)
        }
        root = known
    }

    /// What the rows of a tree in a stream say of the database.
    func learnRoot(_ part: DataPart, _ source: PeekedSource, _ origin: String) throws {
        guard part.namesRootDatabase, !input.isSeekable else { return }
        let head = try source.peek(RootDatabase.headLength)
        guard let database = SQLNames(head, family: options.family(of: head)).databaseOfRows else { return }
        var known = root ?? RootDatabase(name: nil)
        try known.learn(database, by: .rows, from: origin)
        root = known
    }
}
