import Foundation
import FuzzTargets

/// libFuzzer around one target. The environment names it, since libFuzzer starts helpers with its own options only.
enum Driver {
    /// Both are set before libFuzzer's first input, and never again.
    nonisolated(unsafe) static var target: FuzzTarget?
    nonisolated(unsafe) static var folder: FuzzFolder?

    /// Lists the targets if none is named, or writes the seeds of one, and ends; otherwise gets ready.
    static func prepare() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let name = environment["HIFI_FUZZ_TARGET"], let found = FuzzTarget.named(name) else {
            for target in FuzzTarget.all { print(target.name, target.longest, target.dictionary) }
            exit(0)
        }
        if let seeds = environment["HIFI_FUZZ_SEEDS"] {
            for (index, seed) in try found.seeds().enumerated() {
                try Data(seed).write(to: URL(fileURLWithPath: seeds).appendingPathComponent("seed-\(index)"))
            }
            exit(0)
        }
        (target, folder) = (found, try FuzzFolder())
    }
}
