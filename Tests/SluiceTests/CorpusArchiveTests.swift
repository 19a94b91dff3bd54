import Foundation
import TestSupport
import Testing

/// libarchive's own test archives, oddities all: never a crash, never a hang, nothing outside the output folder, valid
/// lines.
@Suite(.enabled(if: Files.exists(Files.corpus + "/archives"), "no corpus beside this package"))
struct CorpusArchiveTests {
    static let files = Files.below(Files.corpus + "/archives").filter { $0.hasSuffix(".uu") }

    @Test(arguments: files, [false, true])
    func archive(name: String, fromPipe: Bool) throws {
        let bytes = try #require(UUDecoding.decode(try Files.bytes("\(Files.corpus)/archives/\(name)")))
        let scratch = try Scratch(), out = scratch.place("work/out")
        let path = try scratch.write("work/archive", bytes)
        let run =
            fromPipe
            ? try Program.shell(
                "cd \"$3\" && cat \"$1\" | timeout -s KILL 30 \"$0\" convert - --output \"$2\" --rejects ../rejects",
                [path, out, scratch.place("work")])
            : try Program.shell(
                "cd \"$3\" && timeout -s KILL 30 \"$0\" convert \"$1\" --output \"$2\" --rejects ../rejects",
                [path, out, scratch.place("work")])
        #expect([0, 2, 65, 66].contains(run.status), "\(run.status) \(run.errors)")
        let output = Output(out)
        #expect(run.status == 0 || run.status == 2 ? output.hasSuccess : output.signsOfCompletion.isEmpty)
        for file in output.files where file.contains(".ndjson") {
            let fault = JSONLines.fault(in: try Files.bytes(out + "/" + file))
            // What an error left unfinished may end in the middle of a line.
            #expect(fault == nil || file.hasSuffix(".partial"), "\(file): \(fault ?? "")")
        }
        #expect(Files.names(in: scratch.path).filter { $0 != "rejects" } == ["work"])
        #expect(Files.names(in: scratch.place("work")).filter { $0 != "out" } == ["archive"])
    }
}
