// swift-tools-version: 6.2
import PackageDescription

// Modules that the library product reaches are named HIFI…, so that they collide with nobody's in another package's graph. Their folders
// in Sources are named without it.
let package = Package(
    name: "hifi",
    products: [
        .executable(name: "hifi", targets: ["hifi"]),
        .library(
            name: "HIFIConformance",
            targets: [
                "HIFIBlockSpec", "HIFIReference", "HIFIGGUF", "HIFITokenization", "HIFIContent", "HIFIIdentification", "HIFIVerification",
            ]),
        // For other languages: libhifi, by Scripts/release.
        .library(name: "hifi-c", type: .dynamic, targets: ["CLibrary"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(
            name: "HIFICXXHash", path: "Sources/CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
        .systemLibrary(
            name: "HIFICOpenSSL", path: "Sources/COpenSSL", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),

        // Text that came from elsewhere, printable by construction.
        .target(name: "HIFIForeign", path: "Sources/Foreign"),
        // What the format is, as data.
        .target(name: "HIFIBlockSpec", path: "Sources/BlockSpec"),
        // What a block means: the executable form of the spec.
        .target(name: "HIFIReference", dependencies: ["HIFIBlockSpec"], path: "Sources/Reference"),
        // Files: mapped, written whole or not at all, arrays of fp32; what happens to them when the program is stopped.
        .target(name: "HIFIFiles", dependencies: ["HIFIForeign"], path: "Sources/Files"),
        // Threads that run numbered tasks.
        .target(name: "HIFICThreads", path: "Sources/CThreads"),
        .target(name: "HIFIThreads", dependencies: ["HIFICThreads"], path: "Sources/Threads"),
        // The container, without policy.
        .target(
            name: "HIFIGGUF",
            dependencies: ["HIFIBlockSpec", "HIFICOpenSSL", "HIFICXXHash", "HIFIFiles", "HIFIForeign"],
            path: "Sources/GGUF"),
        // SIMD kernels in C, one dispatch table.
        .target(name: "HIFICKernels", path: "Sources/CKernels", exclude: ["README.md"]),
        // The Swift face of the kernels: backends and threading.
        .target(
            name: "HIFIKernels", dependencies: ["HIFIBlockSpec", "HIFICKernels", "HIFIReference", "HIFIThreads"], path: "Sources/Kernels"),
        // Text to tokens, and what is wrong with a file's vocabulary.
        .target(
            name: "HIFITokenization",
            dependencies: ["HIFIBlockSpec", "HIFICXXHash", "HIFIFiles", "HIFIForeign", "HIFIGGUF"],
            path: "Sources/Tokenization",
            exclude: ["README.md"]),
        // What lies in blocks: scans and surveys of tensor data.
        .target(
            name: "HIFIContent",
            dependencies: ["HIFIBlockSpec", "HIFICKernels", "HIFIGGUF", "HIFIKernels", "HIFIReference"],
            path: "Sources/Content"),
        // Which formats a file holds, who may have made it, and who reads it right.
        .target(
            name: "HIFIIdentification",
            dependencies: ["HIFIBlockSpec", "HIFIContent", "HIFIFiles", "HIFIForeign", "HIFIGGUF"],
            path: "Sources/Identification"),
        // Which pieces of a file are damaged, and how it is put right.
        .target(name: "Repair", dependencies: ["HIFIFiles", "HIFIForeign", "HIFIGGUF"]),
        // Programs that are started: asked, listened to, ended with all that they started.
        .target(name: "Processes", dependencies: ["HIFIFiles", "HIFIForeign"]),
        // Files at addresses: their headers, some tensors, pieces.
        .target(name: "Remote", dependencies: ["HIFIFiles", "HIFIForeign", "HIFIGGUF", "Processes", "Repair"]),
        // What can be said about a file: rules, findings, coverage.
        .target(
            name: "HIFIVerification",
            dependencies: [
                "HIFIBlockSpec", "HIFIContent", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIThreads",
                "HIFITokenization",
            ],
            path: "Sources/Verification"),
        // Importance matrices: collected sums, and what files of them say.
        .target(name: "Importance", dependencies: ["HIFIFiles", "HIFIForeign", "HIFIGGUF"]),
        // Whole files: quantize, change the revision or the dialect.
        .target(
            name: "Quantization",
            dependencies: [
                "HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIKernels", "HIFIReference",
                "HIFIVerification", "Importance",
            ],
            exclude: ["README.md"]),
        // Arithmetic in fp32 for the forward pass, one source for all instruction sets.
        .target(name: "CInference"),
        // Forward pass, perplexity, KL divergence, importance matrices.
        .target(
            name: "Inference",
            dependencies: [
                "CInference", "HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIKernels", "HIFIReference", "HIFIThreads",
                "HIFITokenization", "Importance",
            ],
            exclude: ["README.md"]),
        // The CUDA kernels as text and PTX, inside the binary.
        .target(name: "CUDATexts", exclude: ["Kernels", "PTX"]),
        // Kernels on NVIDIA devices; the driver is found while running.
        .target(
            name: "CUDAKernels",
            dependencies: ["CUDATexts", "HIFIBlockSpec", "HIFICKernels", "HIFIForeign", "HIFIKernels"],
            exclude: ["README.md"]),
        // Models on NVIDIA devices: weights resident, all layers there.
        .target(name: "CUDAInference", dependencies: ["CUDAKernels", "HIFIBlockSpec", "HIFIForeign", "HIFIKernels", "Inference"]),
        // The conformance suite: its cases, what is put to them, how answers are judged.
        .target(
            name: "Suite",
            dependencies: [
                "HIFIBlockSpec", "HIFIContent", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIKernels", "HIFIReference", "HIFIThreads",
                "HIFIVerification", "Processes",
            ]),
        // Systems under test from outside: programs and ggml libraries.
        .target(
            name: "Adapters",
            dependencies: ["HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIReference", "Processes", "Suite"]),
        // Implementations with one known mistake each, which the suite must find.
        .target(name: "Mutants", dependencies: ["HIFIBlockSpec", "HIFIReference", "HIFIThreads", "Suite"]),
        // Which single mistake explains wrong answers.
        .target(name: "Diagnosis", dependencies: ["HIFIBlockSpec", "HIFIForeign", "HIFIReference", "HIFIThreads", "Mutants", "Suite"]),
        // Where two files or arrays differ, and why.
        .target(
            name: "BlockDiff",
            dependencies: [
                "Diagnosis", "HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIReference", "Mutants",
                "Suite",
            ]),
        // A run of the suite, and its report.
        .target(name: "Conformance", dependencies: ["Diagnosis", "HIFIForeign", "Suite"]),
        // Self-contained HTML pages: markup, charts, tables, one stylesheet.
        .target(name: "Pages", dependencies: ["HIFIForeign"]),
        // What a terminal shows while a command runs.
        .target(name: "Console", dependencies: ["HIFIForeign", "Pages"]),
        // Sizes from shapes, the published table re-derived, the report on it.
        .target(
            name: "Figures",
            dependencies: ["HIFIBlockSpec", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIReference", "HIFIVerification", "Pages"]),
        // What is timed, and against what.
        .target(
            name: "Benchmarks",
            dependencies: [
                "Adapters", "Conformance", "Figures", "HIFIBlockSpec", "HIFICKernels", "HIFIContent", "HIFIFiles", "HIFIForeign",
                "HIFIGGUF", "HIFIKernels", "HIFIReference", "HIFIThreads", "Inference",
            ],
            exclude: ["README.md"]),
        // Who does the work, and whole measurements: what commands and tests call.
        .target(
            name: "Runs",
            dependencies: [
                "Adapters", "Benchmarks", "CUDAInference", "CUDAKernels", "Conformance", "HIFIBlockSpec", "HIFIFiles", "HIFIForeign",
                "HIFIGGUF", "HIFIIdentification", "HIFIKernels", "HIFITokenization", "HIFIVerification", "Importance", "Inference",
                "Suite",
            ]),
        // Results as text, JSON, SARIF, JUnit and pages; styles are marks until a terminal is known.
        .target(
            name: "Rendering",
            dependencies: [
                "Benchmarks", "BlockDiff", "CUDAKernels", "Conformance", "Console", "Diagnosis", "Figures", "HIFIBlockSpec", "HIFIForeign",
                "HIFIGGUF", "HIFIIdentification", "HIFIReference", "HIFIVerification", "Inference", "Mutants", "Pages", "Quantization",
                "Repair", "Runs", "Suite",
            ]),
        // The C library: its header, and the functions behind it.
        .target(name: "HIFICAPI", path: "Sources/CAPI"),
        .target(
            name: "CLibrary",
            dependencies: [
                "HIFIBlockSpec", "HIFICAPI", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIKernels", "HIFIReference",
                "HIFIVerification", "Suite",
            ]),
        // The command line: parses, calls one library function, renders.
        .executableTarget(
            name: "hifi",
            dependencies: [
                "Adapters", "Benchmarks", "BlockDiff", "Conformance", "Console", "Figures", "HIFIBlockSpec", "HIFIFiles", "HIFIForeign",
                "HIFIGGUF", "HIFIIdentification", "HIFIKernels", "HIFIReference", "HIFIThreads", "HIFIVerification", "Importance",
                "Inference", "Mutants", "Quantization", "Remote", "Rendering", "Repair", "Runs", "Suite",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            plugins: ["CommitPlugin"]),
        // The commit for `hifi --version`.
        .executableTarget(name: "commitname"),
        .plugin(name: "CommitPlugin", capability: .buildTool(), dependencies: ["commitname"]),

        // Reads Spec/ and writes Sources/BlockSpec/Generated; for maintainers, not shipped.
        .target(name: "SpecLoader", dependencies: ["HIFIBlockSpec", "HIFICXXHash", "Yams"]),
        .executableTarget(
            name: "spectool", dependencies: ["SpecLoader", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

        // Files made up and damaged on purpose, for tests and for Vectors/; not shipped.
        .target(name: "Fixtures", dependencies: ["HIFIBlockSpec", "HIFIGGUF"]),
        // Writes Vectors/; for maintainers, not shipped.
        .executableTarget(
            name: "vectors",
            dependencies: [
                "Fixtures", "HIFIBlockSpec", "HIFIContent", "HIFIFiles", "HIFIGGUF", "HIFIReference", "Mutants", "SpecLoader", "Suite",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .target(
            name: "TestSupport",
            dependencies: ["Fixtures", "HIFIBlockSpec", "HIFIFiles", "HIFIGGUF", "HIFIIdentification"],
            path: "Tests/TestSupport",
            exclude: ["Servers/hostile.py"]),
        // What is put to random bytes, by a fuzzer or by a test.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Adapters", "BlockDiff", "Figures", "HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification",
                "HIFIReference", "HIFITokenization", "HIFIVerification", "Importance", "Inference", "Quantization", "Suite", "TestSupport",
            ],
            path: "Fuzz/Targets"),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets", "TestSupport"]),
        .testTarget(name: "HouseTests", dependencies: ["TestSupport"]),
        .testTarget(name: "BlockSpecTests", dependencies: ["HIFIBlockSpec", "SpecLoader", "TestSupport"]),
        .testTarget(name: "ReferenceTests", dependencies: ["HIFIBlockSpec", "HIFIReference", "TestSupport"]),
        .testTarget(name: "FilesTests", dependencies: ["HIFIFiles", "HIFIGGUF", "TestSupport"]),
        .testTarget(name: "RemoteTests", dependencies: ["HIFIFiles", "HIFIForeign", "HIFIGGUF", "Remote", "Repair", "TestSupport"]),
        .testTarget(name: "RepairTests", dependencies: ["HIFIFiles", "HIFIForeign", "HIFIGGUF", "Repair", "TestSupport"]),
        .testTarget(name: "ForeignTests", dependencies: ["HIFIForeign", "TestSupport"]),
        .testTarget(name: "GGUFTests", dependencies: ["HIFIFiles", "HIFIForeign", "HIFIGGUF", "TestSupport"]),
        .testTarget(
            name: "ContentTests", dependencies: ["HIFIBlockSpec", "HIFIContent", "HIFIKernels", "HIFIReference", "TestSupport"]),
        .testTarget(
            name: "VerificationTests",
            dependencies: [
                "HIFIBlockSpec", "HIFIContent", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIKernels",
                "HIFIReference", "HIFITokenization", "HIFIVerification", "TestSupport",
            ]),
        .testTarget(
            name: "InferenceTests",
            dependencies: [
                "CInference", "HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIKernels", "HIFIReference",
                "HIFITokenization", "HIFIVerification", "Importance", "Inference", "TestSupport",
            ],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "KernelsTests",
            dependencies: [
                "Conformance", "HIFIBlockSpec", "HIFICKernels", "HIFIKernels", "HIFIReference", "HIFIThreads", "Suite", "TestSupport",
            ],
            exclude: ["Emulated", "Sanitized"]),
        .testTarget(name: "BenchmarksTests", dependencies: ["Benchmarks", "HIFIBlockSpec", "HIFIKernels"]),
        .testTarget(
            name: "QuantizationTests",
            dependencies: [
                "HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIReference", "HIFIVerification",
                "Importance", "Quantization", "TestSupport", "hifi",
            ],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "CUDAKernelsTests",
            dependencies: [
                "CInference", "CUDAInference", "CUDAKernels", "HIFIBlockSpec", "HIFIGGUF", "HIFIIdentification", "HIFIKernels",
                "HIFIReference", "HIFITokenization", "Inference", "SpecLoader", "TestSupport", "hifi",
            ],
            exclude: ["Shim"]),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "Adapters", "BlockDiff", "Conformance", "Diagnosis", "HIFIBlockSpec", "HIFIForeign", "HIFIGGUF", "HIFIIdentification",
                "HIFIKernels", "HIFIReference", "HIFIVerification", "Mutants", "Quantization", "Rendering", "SpecLoader", "Suite",
                "TestSupport", "vectors",
            ],
            exclude: ["Faulty", "Revision"]),
        .testTarget(
            name: "FiguresTests",
            dependencies: ["Figures", "HIFIBlockSpec", "HIFIForeign", "HIFIGGUF", "Pages", "Rendering", "TestSupport"]),
        .testTarget(name: "RenderingTests", dependencies: ["Console", "HIFIForeign", "HIFIVerification", "Rendering", "TestSupport"]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Console", "HIFIBlockSpec", "HIFIGGUF", "HIFIKernels", "Mutants", "Pages", "SpecLoader", "Suite", "TestSupport", "hifi",
            ],
            exclude: ["Faults", "Help", "Layout"]),
    ],
    swiftLanguageModes: [.v6]
)

// Optimizing takes most of the time that a module takes to compile, and makes nothing faster that only calls what is optimized. So it is
// left out for tests, but for those that calculate much themselves, and for what parses, renders and arranges, but for what is timed.
// Programs that are handed out (Scripts/release) have small code there instead. No target that the library product reaches is among them:
// other packages may not depend on targets with such flags.
let calculatingTests: Set = ["CUDAKernelsTests", "ContentTests", "KernelsTests", "ReferenceTests"]
let arranging: Set = ["Conformance", "Console", "Figures", "Pages", "Remote", "Rendering", "SpecLoader", "hifi"]
let arrangingFlag = Context.environment["HIFI_RELEASE"] == nil ? "-Onone" : "-Osize"
for target in package.targets {
    if target.type == .test, !calculatingTests.contains(target.name) { target.swiftSettings = [.unsafeFlags(["-Onone"])] }
    if arranging.contains(target.name) { target.swiftSettings = [.unsafeFlags([arrangingFlag])] }
}

// Documentation pages: HIFI_DOCC=1 swift package generate-documentation --target HIFIBlockSpec. Nobody else needs the plugin.
if Context.environment["HIFI_DOCC"] != nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}

// Coverage-guided fuzzing, by Scripts/fuzz. Every program of such a build links libFuzzer, so it has only one.
if Context.environment["HIFI_FUZZ"] != nil {
    package.products.removeAll { $0.name == "hifi" }
    package.targets.removeAll { [.executable, .test, .plugin].contains($0.type) }
    package.targets.append(.executableTarget(name: "fuzz", dependencies: ["FuzzTargets"], path: "Fuzz/Driver"))
}
