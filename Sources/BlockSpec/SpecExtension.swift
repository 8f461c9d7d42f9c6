import Synchronization

extension Spec {
    /// Adds formats and dialects to those that are compiled in, for the life of the process.
    ///
    /// For tests and tools that try a declaration out before it is generated. It has to come before anything looks at the tables,
    /// which are built once and never change: a later call stops the program.
    public static func extend(formats: [BlockFormat], dialects: [Dialect] = []) { SpecExtension.add(formats, dialects) }
}

/// What a process has added to the tables.
enum SpecExtension {
    private struct State {
        var formats: [BlockFormat] = []
        var dialects: [Dialect] = []
        /// Whether the tables have been built.
        var isTaken = false
    }

    private static let state = Mutex(State())

    static func add(_ formats: [BlockFormat], _ dialects: [Dialect]) {
        state.withLock { state in
            precondition(!state.isTaken, "the specification has been looked at already")
            state.formats += formats
            state.dialects += dialects
        }
    }

    /// The additions; from now on there can be no others.
    static func take() -> (formats: [BlockFormat], dialects: [Dialect]) {
        state.withLock { state in
            state.isTaken = true
            return (state.formats, state.dialects)
        }
    }
}
