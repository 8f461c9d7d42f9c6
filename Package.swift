// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "hifi",
    products: [
        .executable(name: "hifi", targets: ["hifi"]),
        .library(name: "HIFIConformance", targets: ["BlockSpec", "Reference", "GGUF", "Tokenization", "Verification"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),

        // Text that came from elsewhere, printable by construction.
        .target(name: "Foreign"),
        // What the format is, as data.
        .target(name: "BlockSpec"),
        // What a block means: the executable form of the spec.
        .target(name: "Reference", dependencies: ["BlockSpec"]),
        // Files: mapped, written whole or not at all, arrays of fp32; what happens to them when the program is stopped.
        .target(name: "Files", dependencies: ["Foreign"]),
        // Threads that run numbered tasks.
        .target(name: "CThreads"),
        .target(name: "Threads", dependencies: ["CThreads"]),
        // The container, without policy.
        .target(name: "GGUF", dependencies: ["BlockSpec", "COpenSSL", "CXXHash", "Files", "Foreign"]),
        // What can be said about a file.
        .target(
            name: "Verification",
            dependencies: ["BlockSpec", "CKernels", "Files", "Foreign", "GGUF", "Kernels", "Reference", "Tokenization"]),
        // SIMD kernels in C, one dispatch table.
        .target(name: "CKernels", exclude: ["README.md"]),
        // The Swift face of the kernels: backends and threading.
        .target(name: "Kernels", dependencies: ["BlockSpec", "CKernels", "Reference", "Threads"]),
        // Whole files: quantize, change the revision or the dialect.
        .target(
            name: "Quantization", dependencies: ["BlockSpec", "Files", "Foreign", "GGUF", "Kernels", "Reference", "Verification"],
            exclude: ["README.md"]),
        // Arithmetic in fp32 for the forward pass, one source for all instruction sets.
        .target(name: "CInference"),
        // Text to tokens, and what is wrong with a file's vocabulary.
        .target(name: "Tokenization", dependencies: ["BlockSpec", "CXXHash", "Files", "Foreign", "GGUF"], exclude: ["README.md"]),
        // Forward pass, perplexity, KL divergence, importance matrices.
        .target(
            name: "Inference",
            dependencies: ["BlockSpec", "CInference", "Files", "Foreign", "GGUF", "Kernels", "Reference", "Threads", "Tokenization"],
            exclude: ["README.md"]),
        // The CUDA kernels as text and PTX, inside the binary.
        .target(name: "CUDATexts", exclude: ["Kernels", "PTX"]),
        // Kernels on NVIDIA devices; the driver is found while running.
        .target(name: "CUDAKernels", dependencies: ["BlockSpec", "CKernels", "CUDATexts", "Foreign", "Kernels"], exclude: ["README.md"]),
        // Models on NVIDIA devices: weights resident, all layers there.
        .target(name: "CUDAInference", dependencies: ["BlockSpec", "CUDAKernels", "Foreign", "Inference", "Kernels"]),
        // Vectors, systems under test, the runner, diff, mutants, reports.
        .target(name: "Conformance", dependencies: ["BlockSpec", "Files", "Foreign", "GGUF", "Kernels", "Reference", "Verification"]),
        // Self-contained HTML pages: markup, charts, tables, one stylesheet.
        .target(name: "Pages", dependencies: ["Foreign"]),
        // What a terminal shows while a command runs.
        .target(name: "Console", dependencies: ["Foreign", "Pages"]),
        // Sizes from shapes, the published table re-derived, the report on it.
        .target(name: "Figures", dependencies: ["BlockSpec", "Foreign", "GGUF", "Pages", "Reference", "Verification"]),
        // What is timed, and against what.
        .target(
            name: "Benchmarks",
            dependencies: [
                "BlockSpec", "CKernels", "Conformance", "Figures", "Foreign", "GGUF", "Inference", "Kernels", "Reference", "Threads",
                "Verification",
            ],
            exclude: ["README.md"]),
        // The command line: parses, calls one library function, renders.
        .executableTarget(
            name: "hifi",
            dependencies: [
                "BlockSpec", "Reference", "GGUF", "Files", "Verification", "Kernels", "Conformance",
                "Quantization", "Inference", "Tokenization", "Benchmarks", "Console", "Figures", "Pages", "CUDAKernels",
                "CUDAInference", "Foreign",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            plugins: ["CommitPlugin"]),
        // The commit for `hifi --version`.
        .executableTarget(name: "commitname"),
        .plugin(name: "CommitPlugin", capability: .buildTool(), dependencies: ["commitname"]),

        // Reads Spec/ and writes Sources/BlockSpec/Generated; for maintainers, not shipped.
        .target(name: "SpecLoader", dependencies: ["BlockSpec", "CXXHash", "Yams"]),
        .executableTarget(
            name: "spectool",
            dependencies: ["SpecLoader", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

        // Files made up and damaged on purpose, for tests and for Vectors/; not shipped.
        .target(name: "Fixtures", dependencies: ["BlockSpec", "GGUF"]),
        // Writes Vectors/; for maintainers, not shipped.
        .executableTarget(
            name: "vectors",
            dependencies: [
                "BlockSpec", "Conformance", "Files", "Fixtures", "GGUF", "Reference", "SpecLoader", "Verification",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .target(
            name: "TestSupport", dependencies: ["BlockSpec", "Files", "Fixtures", "Foreign", "GGUF", "Verification"],
            path: "Tests/TestSupport"),
        .testTarget(name: "HouseTests", dependencies: ["TestSupport"]),
        .testTarget(name: "BlockSpecTests", dependencies: ["BlockSpec", "SpecLoader", "TestSupport"]),
        .testTarget(name: "ReferenceTests", dependencies: ["BlockSpec", "Reference", "TestSupport"]),
        .testTarget(name: "FilesTests", dependencies: ["Files", "Foreign", "GGUF", "TestSupport"]),
        .testTarget(name: "ForeignTests", dependencies: ["Foreign", "TestSupport"]),
        .testTarget(name: "GGUFTests", dependencies: ["Files", "Foreign", "GGUF", "TestSupport"]),
        .testTarget(
            name: "VerificationTests",
            dependencies: ["BlockSpec", "Files", "Foreign", "GGUF", "Kernels", "Reference", "TestSupport", "Tokenization", "Verification"]),
        .testTarget(
            name: "InferenceTests",
            dependencies: [
                "BlockSpec", "CInference", "Files", "Foreign", "GGUF", "Inference", "Kernels", "Reference", "TestSupport", "Tokenization",
                "Verification",
            ],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "KernelsTests",
            dependencies: ["BlockSpec", "CKernels", "Conformance", "Foreign", "Kernels", "Reference", "TestSupport", "Threads"],
            exclude: ["Emulated"]),
        .testTarget(name: "BenchmarksTests", dependencies: ["Benchmarks", "BlockSpec", "Foreign", "Kernels"]),
        .testTarget(
            name: "QuantizationTests",
            dependencies: ["BlockSpec", "Files", "Foreign", "GGUF", "Quantization", "Reference", "TestSupport", "Verification", "hifi"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "CUDAKernelsTests",
            dependencies: [
                "BlockSpec", "CInference", "CUDAInference", "CUDAKernels", "Foreign", "GGUF", "Inference", "Kernels", "Reference",
                "SpecLoader", "TestSupport", "Tokenization", "Verification", "hifi",
            ],
            exclude: ["Shim"]),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "BlockSpec", "Conformance", "Foreign", "GGUF", "Kernels", "Quantization", "Reference", "SpecLoader", "TestSupport",
                "Verification", "vectors",
            ],
            exclude: ["Faulty", "Revision"]),
        .testTarget(name: "FiguresTests", dependencies: ["BlockSpec", "Figures", "Foreign", "GGUF", "Pages", "TestSupport"]),
        .testTarget(
            name: "CommandTests",
            dependencies: ["BlockSpec", "Console", "Foreign", "GGUF", "Kernels", "Pages", "SpecLoader", "TestSupport", "hifi"],
            exclude: ["Faults", "Help", "Layout"]),
    ],
    swiftLanguageModes: [.v6]
)

// Documentation pages: HIFI_DOCC=1 swift package generate-documentation --target BlockSpec. Nobody else needs the plugin.
if Context.environment["HIFI_DOCC"] != nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
