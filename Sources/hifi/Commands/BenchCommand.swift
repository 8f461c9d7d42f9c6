import ArgumentParser
import Benchmarks
import HIFIForeign
import HIFIKernels
import Inference
import Rendering
import Runs

struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure kernels, alone or side by side with a ggml library's functions.",
        discussion: """
            Operations: decode, decode-f16 (blocks to fp32, fp16), dot (rows times one row of activations), gemm (times 512), \
            activation (fp32 to Q8_K, Q8_0), encode (fp32 to blocks), scan (the content checks of `hifi verify`, alone and \
            together with XXH3). Sizes: cache (data in half of the second-level cache), memory (data larger than any cache), both; \
            gemm and encode are bound by arithmetic and measured once.

            With --against, the library's own function runs in this process on the same data, alternating with the kernel sample \
            by sample: to_float, vec_dot with the activations it uses itself, from_float, ggml_quantize_chunk, \
            ggml_validate_row_data. The ratio is its time over the kernel's. A peer that crashes ends the run.

            pp512, tg128 and ppl512 (any number) are tokens per second of a whole model: a prompt processed at once, tokens one by \
            one, chunks run and scored as `hifi perplexity` does. They cannot be combined with other operations and need a \
            model (-m) or the shape of a published one with made-up weights (--shape, --mix); --backend cuda has pplN only.

            With --backend cuda the operations are decode, decode-f16, dot (both layouts, one column and several) and gemm, timed \
            by the device's events, on alternating matrices; bandwidth is that of a copy within the device, and --rows replaces \
            the usual shapes.

            Speeds are those of the fastest sample; one thread is timed in processor time. Cycles are computed from an estimate of \
            the clock.

            EXAMPLES
              hifi bench
              hifi bench --op decode --op dot --type 'q3_k*' --size both
              hifi bench --op dot --type all --backend avx2 --against ggml:/opt/llama/lib
              hifi bench --op scan --type all --size memory --format json > scan.json
              hifi bench --op pp512 --op tg128 -m model.gguf --threads 8
              hifi bench --op ppl512 --shape qwen3-0.6b --mix q3_k_hifi --backend cuda

            \(ExitStatus.section("measured", [.unread, .damaged, .unavailable, .unreadable]))
            """)

    @Option(
        name: .customLong("op"), help: "decode, decode-f16, dot, gemm, activation, encode, scan or all; or ppN, tgN, pplN; may be repeated."
    )
    var operations: [String] = ["all"]
    @Option(
        name: .customLong("type"),
        help: "Block type, pattern with *, or all (types with kernels); may be repeated. [those of the published tables]",
        completion: .types)
    var types: [String] = []
    @Option(help: "cpu (fastest), scalar, avx2, avx512, amx, neon or cuda.") var backend = "cpu"
    @Option(help: "cache, memory or both. [cache]") var size: Size?
    @Option(help: "Rows of weights, instead of --size.") var rows: Int?
    @Option(help: "Weights in a row, a multiple of 256. [4096]") var columns: Int?
    @Option(help: "Number of threads; scan has one.") var threads = 1
    @Option(help: "Samples per measurement; by default 15, and 5 for a model.") var samples: Int?
    @Option(name: .shortAndLong, help: "GGUF file, for ppN, tgN and pplN.", completion: .models) var model: String?
    @Option(
        help: "Instead of a file: the shape of a published model, e.g. qwen3-0.6b, in a temporary file.",
        completion: .list(KnownNames.models)) var shape: String?
    @Option(help: "Types of the matrices of --shape. [q3_k_hifi]", completion: .mixes) var mix: String?
    @Option(help: "ggml:DIR: a folder with libggml-base and libggml-cpu, or one such library.") var against: String?
    @Option(help: "text or json.") var format = ResultFormat.text
    @OptionGroup var output: OutputOptions

    enum Size: String, ExpressibleByArgument, CaseIterable {
        case cache, memory, both
    }

    func validate() throws {
        for operation in operations where !Self.isKnown(operation) {
            let known = BenchCase.Operation.allCases.map(\.rawValue).joined(separator: ", ")
            let limit = ModelBench.Operation.limit
            throw ValidationError(
                "no operation \"\(ForeignText(operation))\"; there are \(known), all, ppN, tgN, pplN (N up to \(limit), pplN from 4)")
        }
        if !modelOperations.isEmpty {
            guard modelOperations.count == operations.count else {
                throw ValidationError("ppN, tgN and pplN cannot be combined with other operations")
            }
            guard (model == nil) != (shape == nil) else {
                throw ValidationError("ppN, tgN and pplN need a model: -m FILE, or --shape NAME")
            }
            guard against == nil else { throw ValidationError("--against compares kernels, not whole models") }
            guard types.isEmpty, size == nil, rows == nil, columns == nil else {
                throw ValidationError("--type, --size, --rows and --columns are for kernels; a model has types and sizes of its own")
            }
            if mix != nil, shape == nil { throw ValidationError("--mix goes with --shape; a file has types of its own") }
            if backend == "cuda", modelOperations.contains(where: { $0.context == nil }) {
                throw ValidationError("a device runs whole chunks of text: --backend cuda has pplN only")
            }
        } else if model != nil || shape != nil {
            throw ValidationError("-m and --shape go with --op ppN, tgN or pplN")
        } else if mix != nil {
            throw ValidationError("--mix goes with --shape")
        }
        if rows != nil, size != nil { throw ValidationError("one of --rows and --size at most: both say how many rows there are") }
        if threads < 1 || threads > 1024 { throw ValidationError("--threads needs a number from 1 to 1024") }
        if let samples, samples < 1 || samples > 10_000 { throw ValidationError("--samples needs a number from 1 to 10000") }
        if let columns, columns < 256 || columns % 256 != 0 { throw ValidationError("--columns needs a multiple of 256") }
        if let rows, rows < 1 { throw ValidationError("--rows needs a number from 1") }
        if let against {
            guard against.hasPrefix("ggml:"), against.count > 5 else { throw ValidationError("--against needs ggml:DIR") }
            if backend == "cuda" { throw ValidationError("--against needs a backend of the processor") }
            if threads > 1 { throw ValidationError("--against needs --threads 1: a library's functions run on one thread") }
        }
    }

    private static let usualColumns = 4096
    private static let usualMix = "q3_k_hifi"
    private var chosenTypes: [String] { types.isEmpty ? BenchPlan.usualTypes : types }

    private static func isKnown(_ operation: String) -> Bool {
        operation == "all" || BenchCase.Operation(rawValue: operation) != nil || ModelBench.Operation(operation) != nil
    }

    private var modelOperations: [ModelBench.Operation] { operations.compactMap(ModelBench.Operation.init) }

    func run() throws {
        if let model { return try measure(RunnableModel(argument: model).model, model) }
        if let shape {
            let mix = mix ?? Self.usualMix
            let model = try MadeUpModel.load(shape: shape.lowercased(), mix: mix)
            return try measure(model, "\(ForeignText(shape)) of made-up weights, \(ForeignText(mix))")
        }
        let progress = output.progress(counting: .things("measurements"))
        defer { progress.finish() }
        if backend == "cuda" {
            let report = try DeviceBench(
                operations: operations, types: chosenTypes, rows: rows, columns: columns ?? Self.usualColumns, samples: samples ?? 15
            ).measure(progress: progress.update)
            progress.finish()
            return try output.show(report, as: format, CUDABenchText.lines(report))
        }
        let report = try BenchReport.measure(
            plan(), BenchSampling(samples: samples ?? 15), against: against.map { String($0.dropFirst(5)) }, progress: progress.update)
        progress.finish()
        try output.show(report, as: format, BenchText.lines(report))
    }

    private func plan() throws -> BenchPlan {
        var plan = BenchPlan(isa: try instructionSet())
        if !operations.contains("all") {
            plan.operations = BenchCase.Operation.allCases.filter { operations.contains($0.rawValue) }
        }
        (plan.types, plan.threads, plan.rows, plan.columns) = (chosenTypes, threads, rows, columns ?? Self.usualColumns)
        plan.sizes = size == .both ? [.cache, .memory] : size == .memory ? [.memory] : [.cache]
        return plan
    }

    private func measure(_ model: LanguageModel, _ name: String) throws {
        let place: ModelDevice = backend == "cuda" ? .cuda : .cpu
        let options = InferenceOptions(arithmetic: .kernels, isa: place == .cuda ? nil : try instructionSet(), threads: threads)
        let progress = output.progress(counting: .things("measurements"))
        defer { progress.finish() }
        let report = try ModelBench.measure(
            model, named: name, modelOperations, on: place, options: options, repetitions: samples ?? 5, progress: progress.update)
        progress.finish()
        try output.show(report, as: format, BenchText.lines(report))
    }

    private func instructionSet() throws -> InstructionSet {
        guard case .cpu(let isa)? = Backend(named: backend) else {
            let known = InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(.usage, "no backend \"\(ForeignText(backend))\": there are cpu, \(known)")
        }
        return try Backend.kernels(isa).isa
    }
}
