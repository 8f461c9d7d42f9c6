import Benchmarks
import HIFIBlockSpec
import HIFIKernels
import Testing

@Suite("Measuring")
struct BenchTests {
    private static let quick = BenchSampling(samples: 3, nanoseconds: 1e5)
    private static let caches = Caches(second: 1 << 20, last: 1 << 22)

    @Test("every operation gives figures that agree with each other", arguments: BenchCase.Operation.allCases)
    func figures(_ operation: BenchCase.Operation) throws {
        let isa = try #require(InstructionSet.available.last)
        let format = operation == .activation ? "q8_k" : "q3_k_hifi@r6"
        let measured = BenchCase(operation, format: format, isa: isa, rows: 4, columns: 512, activationRows: 8)
        let result = try Bench.measure(measured, Self.quick)
        #expect(result.time.minimum > 0 && result.time.minimum <= result.time.median && result.time.median <= result.time.high)
        #expect(result.time.samples == 3)
        let seconds = result.time.minimum * 1e-9
        #expect(abs(result.megavaluesPerSecond * 1e6 * seconds - Double(measured.values)) < 1e-3 * Double(measured.values))
        let bytes = Double(result.bytesRead + result.bytesWritten)
        #expect(abs(result.gigabytesPerSecond * 1e9 * seconds - bytes) < 1e-3 * bytes)
        #expect(result.peer == nil && result.peerMissing == nil && result.cyclesPer32Values == nil && result.shareOfBandwidth == nil)
        #expect((result.hashing != nil) == (operation == .scan))
    }

    @Test("bytes are those of blocks, activations and results")
    func bytes() throws {
        func bytes(_ operation: BenchCase.Operation, _ format: String = "q3_k") throws -> [Int] {
            let result = try Bench.measure(
                BenchCase(operation, format: format, isa: .scalar, rows: 4, columns: 512, activationRows: 8), Self.quick)
            return [result.bytesRead, result.bytesWritten]
        }
        let blocks = 4 * 2 * 110
        #expect(try bytes(.decode) == [blocks, 4 * 4 * 512])
        #expect(try bytes(.decodeF16) == [blocks, 2 * 4 * 512])
        #expect(try bytes(.dot) == [blocks + 2 * 292, 4 * 4])
        #expect(try bytes(.gemm) == [blocks + 8 * 2 * 292, 4 * 4 * 8])
        #expect(try bytes(.encode) == [4 * 4 * 512, blocks])
        #expect(try bytes(.activation, "q8_0") == [4 * 4 * 512, 4 * 16 * 34])
        #expect(try bytes(.scan) == [blocks, 0])
    }

    @Test(
        "made-up blocks pass every check, so that a scan is measured without findings",
        arguments: Spec.blockFormats.filter { !$0.checks.isEmpty }.map(\.id))
    func scannable(id: String) throws {
        let result = try Bench.measure(BenchCase(.scan, format: id, isa: .scalar, rows: 3, columns: 1024), Self.quick)
        let hashing = try #require(result.hashing)
        #expect((1...hashing.checks).contains(hashing.quickChecks))
        #expect(hashing.ratio.low <= hashing.ratio.median && hashing.ratio.median <= hashing.ratio.high)
    }

    @Test("a peer runs in turn, on the same data, and its ratio is its time over ours")
    func peer() throws {
        let scalar = try CPUBackend(isa: .scalar)
        let measured = BenchCase(.decode, format: "q3_k", isa: .scalar, rows: 8, columns: 4096)
        let result = try Bench.measure(measured, BenchSampling(samples: 9, nanoseconds: 3e5)) { _, input in
            .function(name: "four times the work") {
                for _ in 0..<4 { try? scalar.decode(input.format, input.blocks, into: input.output) }
            }
        }
        let found = try #require(result.peer)
        #expect(found.name == "four times the work")
        #expect(found.ratio.low <= found.ratio.median && found.ratio.median <= found.ratio.high)
        // Four within what a busy machine does to single samples.
        #expect((2...8).contains(found.ratio.median))
    }

    @Test("a peer without a function says so, and nothing is compared")
    func missing() throws {
        let measured = BenchCase(.decode, format: "q3_k", isa: .scalar, rows: 2, columns: 256)
        let result = try Bench.measure(measured, Self.quick) { _, _ in .missing("none here") }
        #expect(result.peer == nil && result.peerMissing == "none here")
    }

    @Test("impossible cases are refused")
    func refused() {
        #expect(throws: KernelError.rowLength(format: "q3_k", columns: 100, multipleOf: 256)) {
            try Bench.measure(BenchCase(.decode, format: "q3_k", isa: .scalar, rows: 1, columns: 100))
        }
        #expect(throws: KernelError.unavailable("the format q9_z")) {
            try Bench.measure(BenchCase(.decode, format: "q9_z", isa: .scalar, rows: 1))
        }
        #expect(throws: KernelError.tooLarge) {
            try Bench.measure(BenchCase(.decode, format: "q3_k", isa: .scalar, rows: Int.max / 512, columns: 512))
        }
        #expect(throws: KernelError.unavailable("quantizing activations to q3_k")) {
            try Bench.measure(BenchCase(.activation, format: "q3_k", isa: .scalar, rows: 1))
        }
    }

    @Test("a plan takes ids, aliases and patterns, and fills the size")
    func plan() throws {
        var plan = BenchPlan(isa: .scalar)
        (plan.operations, plan.types, plan.sizes) = ([.decode, .dot, .gemm, .activation], ["Q3_HIFI", "q4_*"], [.cache, .memory])
        let (cases, _) = try plan.cases(on: Self.caches)
        let decoded = cases.filter { $0.operation == .decode }
        #expect(Set(decoded.map(\.format)) == Set(["q3_k_hifi@r6", "q4_0", "q4_1", "q4_k", "q4_k_hifi", "q4_k_lite"]))
        #expect(decoded.count == 12)
        #expect(Set(cases.filter { $0.operation == .activation }.map(\.format)) == ["q8_k", "q8_0"])
        #expect(cases.filter { $0.operation == .gemm }.allSatisfy { $0.size == .arithmetic && $0.activationRows == 512 })
        for entry in cases where entry.operation == .dot {
            let format = try #require(Spec.format(entry.format))
            let bytes = entry.rows * entry.columns / format.elements * format.bytes
            let room = entry.size == .cache ? 1 << 19 : 256 << 20
            #expect(bytes <= room && bytes > room * 9 / 10)
        }
    }

    @Test("a plan says what it leaves out")
    func leftOut() throws {
        var plan = BenchPlan(isa: .scalar)
        (plan.operations, plan.types) = ([.decode, .scan], ["all"])
        let (cases, remarks) = try plan.cases(on: Self.caches)
        #expect(cases.contains { $0.operation == .scan && $0.format == "q8_1" })
        #expect(!cases.contains { $0.operation == .decode && $0.format == "q8_1" })
        #expect(remarks.contains { $0.hasPrefix("decode: not measured for") && $0.contains("q8_1") })
        plan.types = ["q9*"]
        #expect(throws: BenchPlan.Problem.noType("q9*")) { try plan.cases(on: Self.caches) }
        (plan.operations, plan.types) = ([.scan], ["i8"])
        #expect(throws: BenchPlan.Problem.nothing) { try plan.cases(on: Self.caches) }
    }

    @Test("the machine has a name, a clock and sets of kernels")
    func machine() {
        let machine = BenchMachine.current()
        #expect(!machine.processor.isEmpty && machine.processors > 0)
        #expect(machine.instructionSets == InstructionSet.available)
        #expect((0.2...10).contains(machine.clock), "GHz")
        #expect(machine.caches.second >= 1 << 16 && machine.caches.last >= machine.caches.second)
    }

    @Test("memory has a speed, by any number of threads", arguments: [1, 2])
    func bandwidth(threads: Int) {
        let bandwidth = Bandwidth.measure(Self.caches, threads: threads)
        #expect(bandwidth.threads == threads)
        for speeds in [bandwidth.cache, bandwidth.memory] { #expect(speeds.copy > 0 && speeds.read > 0 && speeds.bytes > 0) }
        #expect(bandwidth.memory.bytes >= 256 << 20)
    }

    @Test("cycles and shares follow from the machine's clock and its bandwidth")
    func shares() throws {
        let machine = BenchMachine.current()
        let bandwidth = Bandwidth.measure(Self.caches)
        let measured = BenchCase(.decode, format: "q3_k", isa: .scalar, rows: 4)
        let result = try Bench.measure(measured, Self.quick, machine: machine, bandwidth: bandwidth)
        let cycles = try #require(result.cyclesPer32Values)
        #expect(abs(cycles * result.megavaluesPerSecond / 32_000 - machine.clock) < 1e-6 * machine.clock)
        let share = try #require(result.shareOfBandwidth)
        #expect(abs(share * bandwidth.cache.copy - result.gigabytesPerSecond) < 1e-6 * result.gigabytesPerSecond)
    }
}
