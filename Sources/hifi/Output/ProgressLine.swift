/// One line on standard error that says how far a long command is; nothing unless that is a terminal.
final class ProgressLine {
    private let isShown: Bool
    private let started = ContinuousClock.now
    private var lastShown = ContinuousClock.now

    init(enabled: Bool) { isShown = enabled && Terminal.errorIsInteractive }

    /// Rewrites the line, at most ten times a second.
    func update(_ what: String, done: Int, of total: Int) {
        guard isShown, total > 0, ContinuousClock.now - lastShown > .milliseconds(100) else { return }
        lastShown = .now
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        let rate = Double(done) / max(seconds, 0.001)
        let left = rate > 0 ? Double(total - done) / rate : 0
        let percent = done * 100 / total
        let figures = "\(percent)% \(ByteCount.text(done)) of \(ByteCount.text(total)), \(ByteCount.text(Int(rate)))/s, \(Int(left)) s left"
        Standard.rewriteErrorLine("\(figures)  \(what)")
    }

    /// Clears the line.
    func finish() {
        if isShown { Standard.rewriteErrorLine() }
    }
}
