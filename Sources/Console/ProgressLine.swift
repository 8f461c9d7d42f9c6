/// One line on a terminal that is rewritten while a long command runs, and cleared at its end.
///
/// Clock and terminal are given from outside. The line is rewritten at most ten times a second, and not in the first tenth of a second, so
/// that short commands show nothing.
public final class ProgressLine {
    /// Where the line is shown.
    public struct Screen {
        /// Columns; asked for each time, since a window may be resized.
        public var width: () -> Int
        /// Writes bytes.
        public var write: ([UInt8]) -> Void

        /// Creates a line; `width` is the terminal's number of columns, `write` receives the bytes.
        public init(width: @escaping () -> Int, write: @escaping ([UInt8]) -> Void) { (self.width, self.write) = (width, write) }
    }

    private static let clear = "\r\u{1B}[K"

    private var text: ProgressText
    private let screen: Screen?
    private let now: () -> Duration
    private var started: Duration
    private var shown: Duration
    private var isOpen = false

    /// - Parameters:
    ///   - screen: nil shows nothing.
    ///   - now: time since any moment.
    public init(_ unit: ProgressText.Unit, on screen: Screen?, now: @escaping () -> Duration) {
        (text, self.screen, self.now) = (ProgressText(unit), screen, now)
        started = now()
        shown = started
    }

    /// Restarts the estimate of the time left, with this much already done.
    public func start(at done: Int = 0) {
        text.before = done
        started = now()
        shown = started
    }

    /// Rewrites the line, if it is time to.
    public func update(_ what: String = "", done: Int, of total: Int) {
        guard let screen, total > 0 else { return }
        let time = now()
        guard time - shown >= .milliseconds(100) else { return }
        shown = time
        isOpen = true
        let line = text.line(what, done: done, of: total, elapsed: (time - started) / .seconds(1), width: screen.width() - 1)
        screen.write(Array((Self.clear + line).utf8))
    }

    /// The same for things that have no names.
    public func update(_ done: Int, _ total: Int) { update("", done: done, of: total) }

    /// Clears the line.
    public func finish() {
        guard isOpen else { return }
        isOpen = false
        screen?.write(Array(Self.clear.utf8))
    }
}
