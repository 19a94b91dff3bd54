import DataSets
import Foundation

// generate FOLDER MEGABYTES [name …]: writes the named data sets, all without names.
let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2, let megabytes = Double(arguments.dropFirst().first!) else {
    print("usage: generate FOLDER MEGABYTES [\(DataSet.allCases.map(\.rawValue).joined(separator: "|")) …]")
    exit(64)
}
let folder = arguments.first!, names = arguments.dropFirst(2)
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
for set in DataSet.allCases where names.isEmpty || names.contains(set.rawValue) {
    let path = folder + "/" + set.fileName
    FileManager.default.createFile(atPath: path, contents: nil)
    let file = FileHandle(forWritingAtPath: path)!
    try set.make(size: Int(megabytes * 1e6)) { try file.write(contentsOf: Data($0)) }
    try file.close()
    print(path)
}
