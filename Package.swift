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
        // The container, without policy.
        .target(name: "GGUF", dependencies: ["BlockSpec", "COpenSSL", "CXXHash", "Foreign"]),
        // Arrays of fp32 in files.
        .target(name: "FloatFiles", dependencies: ["Foreign"]),
        // What can be said about a file.
        .target(name: "Verification", dependencies: ["BlockSpec", "CKernels", "Foreign", "GGUF", "Kernels", "Reference", "Tokenization"]),
        // SIMD kernels in C, one dispatch table.
        .target(name: "CKernels", exclude: ["README.md"]),
        // The Swift face of the kernels: backends and threading.
        .target(name: "Kernels", dependencies: ["BlockSpec", "CKernels", "Reference"]),
        // Whole files: quantize, change the revision or the dialect.
        .target(
            name: "Quantization", dependencies: ["BlockSpec", "Foreign", "GGUF", "Kernels", "Reference", "Verification"],
            exclude: ["README.md"]),
        // Arithmetic in fp32 for the forward pass, one source for all instruction sets.
        .target(name: "CInference"),
        // Text to tokens, and what is wrong with a file's vocabulary.
        .target(name: "Tokenization", dependencies: ["BlockSpec", "CXXHash", "Foreign", "GGUF"], exclude: ["README.md"]),
        // Forward pass, perplexity, KL divergence, importance matrices.
        .target(
            name: "Inference", dependencies: ["BlockSpec", "CInference", "Foreign", "GGUF", "Kernels", "Reference", "Tokenization"],
            exclude: ["README.md"]),
        // The CUDA kernels as text and PTX, inside the binary.
        .target(name: "CUDATexts", exclude: ["Kernels", "PTX"]),
        // Kernels on NVIDIA devices; the driver is found while running.
        .target(name: "CUDAKernels", dependencies: ["BlockSpec", "CKernels", "CUDATexts", "Foreign", "Kernels"], exclude: ["README.md"]),
        // Models on NVIDIA devices: weights resident, all layers there.
        .target(name: "CUDAInference", dependencies: ["BlockSpec", "CUDAKernels", "Foreign", "Inference", "Kernels"]),
        // Vectors, systems under test, the runner, diff, mutants, reports.
        .target(name: "Conformance", dependencies: ["BlockSpec", "Foreign", "GGUF", "Kernels", "Reference", "Verification"]),
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
                "BlockSpec", "Reference", "Foreign", "GGUF", "Verification", "CKernels", "Kernels", "Inference", "Conformance", "Figures",
            ],
            exclude: ["README.md"]),
        // The command line: parses, calls one library function, renders.
        .executableTarget(
            name: "hifi",
            dependencies: [
                "BlockSpec", "Reference", "GGUF", "FloatFiles", "Verification", "Kernels", "Conformance",
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
                "Conformance", "BlockSpec", "Fixtures", "GGUF", "Reference", "SpecLoader", "Verification",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .target(
            name: "TestSupport", dependencies: ["BlockSpec", "Fixtures", "Foreign", "GGUF", "Verification"], path: "Tests/TestSupport"),
        .testTarget(name: "HouseTests", dependencies: ["TestSupport"]),
        .testTarget(name: "BlockSpecTests", dependencies: ["BlockSpec", "SpecLoader", "TestSupport"]),
        .testTarget(name: "ReferenceTests", dependencies: ["Reference", "TestSupport"]),
        .testTarget(name: "FloatFilesTests", dependencies: ["FloatFiles"]),
        .testTarget(name: "ForeignTests", dependencies: ["Foreign", "TestSupport"]),
        .testTarget(name: "GGUFTests", dependencies: ["Foreign", "GGUF", "TestSupport"]),
        .testTarget(name: "VerificationTests", dependencies: ["Foreign", "Tokenization", "Verification", "TestSupport"]),
        .testTarget(
            name: "InferenceTests", dependencies: ["Foreign", "CInference", "Inference", "Tokenization", "Verification", "TestSupport"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "KernelsTests", dependencies: ["Foreign", "CKernels", "Conformance", "Kernels", "Reference", "TestSupport"],
            exclude: ["Emulated"]),
        .testTarget(name: "BenchmarksTests", dependencies: ["Foreign", "Benchmarks", "Kernels"]),
        .testTarget(
            name: "QuantizationTests",
            dependencies: ["Foreign", "Quantization", "hifi", "TestSupport"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "CUDAKernelsTests",
            dependencies: [
                "Foreign", "CInference", "CUDAInference", "CUDAKernels", "Inference", "Reference", "SpecLoader", "TestSupport",
                "Verification", "hifi",
            ],
            exclude: ["Shim"]),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "Foreign", "Conformance", "GGUF", "Kernels", "Quantization", "Reference", "SpecLoader", "TestSupport", "Verification", "vectors",
            ],
            exclude: ["Faulty", "Revision"]),
        .testTarget(name: "FiguresTests", dependencies: ["Foreign", "Figures", "Pages", "BlockSpec", "TestSupport"]),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Foreign", "hifi", "BlockSpec", "Console", "Kernels", "Pages", "SpecLoader", "TestSupport",
            ],
            exclude: ["Faults", "Help", "Layout"]),
    ],
    swiftLanguageModes: [.v6]
)

// Documentation pages: HIFI_DOCC=1 swift package generate-documentation --target BlockSpec. Nobody else needs the plugin.
if Context.environment["HIFI_DOCC"] != nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
