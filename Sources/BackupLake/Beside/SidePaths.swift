import Foundation

/// The paths of one command against each other: a file that a run writes beside its output may be neither an input nor
/// an output, however it is spelled.
package struct SidePaths {
    private let inputs: [(name: String, target: PathTarget)]
    private let folder: PathTarget?
    private let folderPath: String?
    private let used: [(name: String, target: PathTarget)]

    /// `inputs`: files and folders. `folder`: where the output goes, if to a folder. `reading`, `writing`: descriptors
    /// that carry input, and rows or a report.
    package init(inputs: [String], folder: String?, reading: [Int32] = [], writing: [Int32] = []) {
        self.inputs =
            inputs.map { ($0, PathTarget($0)) } + reading.map { ("standard input", PathTarget(descriptor: $0)) }
        folderPath = folder
        self.folder = folder.map { PathTarget($0) }
        used = writing.map { ("standard output, where rows or the report go", PathTarget(descriptor: $0)) }
    }

    /// `files`: options, and the files they name.
    /// - Returns: names of those that lie directly in the output folder. Where it is not there yet, it is made.
    /// - Throws: `LakeError` of the code `badOption`.
    package func check(_ files: [(option: String, path: String)]) throws -> Set<String> {
        var names: Set<String> = [], others = used
        for (option, path) in files {
            let target = PathTarget(path)
            func refuse(_ why: String) -> LakeError {
                LakeError(.badOption, why: "\(option) \(path) is \(why)", remedy: "name another file")
            }
            if target.isFolder { throw refuse("a folder") }
            if target.isDevice { continue }
            if let input = inputs.first(where: { $0.target.isSame(target) }) { throw refuse("the input \(input.name)") }
            if let input = inputs.first(where: { lies(target, in: $0.target) }) {
                throw refuse("in the input \(input.name)")
            }
            if let other = others.first(where: { $0.target.isSame(target) }) { throw refuse("also \(other.name)") }
            if let name = try nameInFolder(target, refuse) { names.insert(name) }
            others.append((option, target))
        }
        if !names.isEmpty, let folderPath { try FolderMaker.make(folderPath) }
        return names
    }

    private func lies(_ target: PathTarget, in input: PathTarget) -> Bool {
        input.isFolder && (target.names(below: input) != nil || target.isLinked(below: input))
    }

    private func nameInFolder(_ target: PathTarget, _ refuse: (String) -> LakeError) throws -> String? {
        guard let folder, let folderPath else { return nil }
        if target.isSame(folder) { throw refuse("the output folder") }
        if target.isLinked(below: folder) { throw refuse("a file of the output folder \(folderPath)") }
        guard let names = target.names(below: folder) else { return nil }
        guard names.count == 1, let name = names.first else {
            throw refuse("in the folder of a table, in the output folder \(folderPath)")
        }
        let isOurs =
            name.hasPrefix(".sluice")
            || [OutputCleaner.success, Manifest.name].contains { name == $0 || name == $0 + ".partial" }
        if isOurs { throw refuse("a name that the output folder \(folderPath) has a use for") }
        return name
    }
}
