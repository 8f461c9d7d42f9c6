#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign
import HIFIKernels
import HIFIThreads

/// What ran the measurement: as much as a reader needs to compare figures.
public struct BenchMachine: Sendable, Hashable, Codable {
    /// As the system names it.
    public let processor: ForeignText
    /// `x86_64` or `arm64`.
    public let architecture: String
    /// Sets of kernels that run here, slowest first.
    public let instructionSets: [InstructionSet]
    /// Processors that the system offers.
    public let processors: Int
    /// 10⁹ cycles a second, estimated by a chain of operations whose cycles are known, at the beginning: a boosted or throttled
    /// clock may change later.
    public let clock: Double
    /// Sizes of caches.
    public let caches: Caches

    /// Looks at this machine.
    public static func current() -> BenchMachine {
        BenchMachine(
            processor: processorName(), architecture: architectureName, instructionSets: InstructionSet.available,
            processors: ThreadPool.processors, clock: estimateClock(), caches: Caches.current())
    }

    private static var architectureName: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "arm64"
        #else
            "unknown"
        #endif
    }

    private static func processorName() -> ForeignText {
        #if canImport(Darwin)
            var size = 0
            guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0, size > 1 else { return "unknown" }
            var name = [UInt8](repeating: 0, count: size)
            guard sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0) == 0 else { return "unknown" }
            return ForeignText(decoding: name.prefix { $0 != 0 })
        #else
            let lines = SystemFile.text("/proc/cpuinfo").split(separator: "\n")
            func value(_ key: String) -> String? {
                lines.first { $0.hasPrefix(key) }.flatMap { line in
                    line.firstIndex(of: ":").map { String(line[line.index(after: $0)...].drop { $0 == " " }) }
                }
            }
            if let name = value("model name") { return ForeignText(name) }
            guard let implementer = value("CPU implementer"), let part = value("CPU part") else { return "unknown" }
            return ForeignText("implementer \(implementer), part \(part)")
        #endif
    }

    /// A multiplication and an exclusive or, each waiting for the one before: three cycles and one on the processors that the
    /// kernels are for.
    private static func estimateClock() -> Double {
        let steps = 200_000
        var state = UInt64(truncatingIfNeeded: steps) | 1
        let clock = BenchClock(threads: 1)
        let times = clock.interleave(
            BenchSampling(samples: 9, nanoseconds: 1e6),
            [
                {
                    var x = state
                    for _ in 0..<steps { x = (x &* 0x9E37_79B9_7F4A_7C15) ^ x }
                    state = x | 1
                }
            ])
        return 4 * Double(steps) / (times[0].min() ?? .nan)
    }
}

/// Sizes of caches in bytes, and what follows for sizes of data.
public struct Caches: Sendable, Hashable, Codable {
    /// A core's second level.
    public let second: Int
    /// The last level.
    public let last: Int

    /// Sizes as given; a megabyte and 32 where they are not known.
    public init(second: Int? = nil, last: Int? = nil) {
        self.second = second ?? 1 << 20
        self.last = max(self.second, last ?? 32 << 20)
    }

    /// Bytes of data that is to stay in the second level.
    public var cacheBytes: Int { second / 2 }
    /// Bytes of data that no cache keeps: four times the last level, at least 256 MiB and at most 1 GiB.
    public var memoryBytes: Int { min(max(4 * last, 256 << 20), 1 << 30) }

    static func current() -> Caches {
        var second: Int?
        var last: Int?
        for index in 0..<8 {
            let folder = "/sys/devices/system/cpu/cpu0/cache/index\(index)/"
            let text = SystemFile.text(folder + "size").filter { $0 != "\n" }
            guard let level = SystemFile.text(folder + "level").first?.wholeNumberValue, let number = Int(text.prefix { $0.isNumber })
            else { continue }
            let size = number << (text.hasSuffix("K") ? 10 : text.hasSuffix("M") ? 20 : 0)
            if level == 2 { second = size }
            if level >= 2 { last = max(last ?? 0, size) }
        }
        return Caches(second: second, last: last)
    }
}

/// Small files of the system's own.
enum SystemFile {
    /// The contents; empty where there is no such file.
    static func text(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
