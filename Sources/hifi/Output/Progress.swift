#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Console
import HIFIFiles

/// The progress line of a command.
enum Progress {
    /// A line on standard error; nothing unless that is a terminal.
    static func line(counting unit: ProgressText.Unit, enabled: Bool) -> ProgressLine {
        let began = ContinuousClock.now
        return ProgressLine(unit, on: enabled && Terminal.errorIsInteractive ? screen : nil) { ContinuousClock.now - began }
    }

    private static var screen: ProgressLine.Screen {
        .init(width: { Terminal.errorWidth }) { bytes in
            // The line that clears is the shortest.
            Interruption.setOpenLine(bytes.count > 4)
            Standard.write(bytes, to: STDERR_FILENO)
        }
    }
}
