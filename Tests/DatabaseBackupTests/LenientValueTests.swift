import DatabaseBackup
import Testing

@Suite struct LenientValueTests {
    @Test(arguments: [
        ("Initializing", TaskState.initializing), ("queuing", .queueing), ("Queueing", .queueing),
        ("RUNNING", .running),
        ("finished", .finished), ("Failed", .failed), ("expired", .expired),
    ])
    func statesAreKnownInAnySpelling(text: String, state: TaskState) {
        #expect(TaskState(text) == state)
    }

    @Test func anUnknownStateIsKeptAndIsNotTheEnd() {
        #expect(TaskState("Defrosting").word == "Defrosting" && !TaskState("Defrosting").isFinal)
    }

    @Test(arguments: [
        ("CSV", DownloadFormat.csv), ("csv-with-header", .csvWithHeader), ("qb.xb", .physical),
        ("Avro", .other("Avro")),
    ])
    func formatsAreKnownInAnySpelling(text: String, format: DownloadFormat) {
        #expect(DownloadFormat(text) == format)
    }
}
