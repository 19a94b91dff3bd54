/// What a run does with an output that it finds where its own is to go.
public enum ExistingOutput: Sendable, CaseIterable {
    /// Nothing: the run is refused.
    case refuse
    /// Resume the unfinished run that the same inputs and options left, from its last checkpoint.
    case resume
    /// Begin that unfinished run again, at its first byte.
    case startOver
    /// Replace it, as soon as the new output is whole.
    case replace

    var isResumed: Bool { self == .resume || self == .startOver }
}
