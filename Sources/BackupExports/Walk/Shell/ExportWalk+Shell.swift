import BackupBytes

extension ExportWalk {
    func learn(_ file: ShellFile, _ source: any ByteSource, _ origin: String) throws {
        guard let (location, schema) = try structures.learn(file, source, origin) else { return }
        if let schema, options.tables.wants(schema.name) {
            tablesMet += 1
            try reportTable(at: location)
        }
        try pending.release(location)
    }

    /// What lacks in dumps whose tool writes down what there is.
    func reportGaps() throws {
        for gap in structures.shell.gaps(options.tables.wants) {
            if gap.isLost || options.isStrict {
                throw ExportError(
                    .damaged, entry: input.name, why: gap.why,
                    remedy: "copy the whole dump again, or make it again")
            }
            events.append(.warning("\(input.name): \(gap.why)", nil))
        }
    }
}
