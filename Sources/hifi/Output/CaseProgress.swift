/// One line on standard error that says how many cases are done; nothing unless that is a terminal.
final class CaseProgress {
    private let isShown: Bool
    private var lastShown = ContinuousClock.now

    init(enabled: Bool) { isShown = enabled && Terminal.errorIsInteractive }

    /// Rewrites the line, at most ten times a second.
    func update(done: Int, of total: Int) {
        guard isShown, ContinuousClock.now - lastShown > .milliseconds(100) else { return }
        lastShown = .now
        Standard.rewriteErrorLine("\(done) of \(total)")
    }

    /// Clears the line.
    func finish() {
        if isShown { Standard.rewriteErrorLine() }
    }
}
