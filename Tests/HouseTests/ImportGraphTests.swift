import Foundation
import TestSupport
import Testing

/// Which module may use which. What is not listed here is not allowed, and what is listed is in use: the list is the architecture.
@Suite("The import graph is as declared")
struct ImportGraphTests {
    /// Modules of this package, from the bottom up, each with those that it imports.
    private static let declared: [(module: String, imports: Set<String>)] = [
        // Nothing of the package below these.
        ("Foreign", []), ("BlockSpec", []), ("COpenSSL", []), ("CXXHash", []), ("CKernels", []), ("CThreads", []), ("CInference", []),
        ("CUDATexts", []),
        ("commitname", []),
        // Files, threads and containers.
        ("Files", ["Foreign"]),
        ("Threads", ["CThreads"]),
        ("GGUF", ["BlockSpec", "COpenSSL", "CXXHash", "Files", "Foreign"]),
        // What blocks mean, exactly and fast.
        ("Reference", ["BlockSpec"]),
        ("Kernels", ["BlockSpec", "CKernels", "Reference", "Threads"]),
        ("CUDAKernels", ["BlockSpec", "CKernels", "CUDATexts", "Foreign", "Kernels"]),
        // What may be said about files.
        ("Tokenization", ["BlockSpec", "CXXHash", "Files", "Foreign", "GGUF"]),
        ("Verification", ["BlockSpec", "CKernels", "Files", "Foreign", "GGUF", "Kernels", "Reference", "Tokenization"]),
        // What is made of them.
        ("Quantization", ["BlockSpec", "Files", "Foreign", "GGUF", "Kernels", "Reference", "Verification"]),
        (
            "Inference",
            [
                "BlockSpec", "CInference", "Files", "Foreign", "GGUF", "Kernels", "Reference", "Threads", "Tokenization",
            ]
        ),
        ("CUDAInference", ["BlockSpec", "CUDAKernels", "Foreign", "Inference", "Kernels"]),
        // What may be said about implementations.
        ("Conformance", ["BlockSpec", "Files", "Foreign", "GGUF", "Kernels", "Reference", "Verification"]),
        // How it is shown.
        ("Pages", ["Foreign"]),
        ("Console", ["Foreign", "Pages"]),
        ("Figures", ["BlockSpec", "Foreign", "GGUF", "Pages", "Reference", "Verification"]),
        (
            "Benchmarks",
            [
                "BlockSpec", "CKernels", "Conformance", "Figures", "Foreign", "GGUF", "Inference", "Kernels", "Reference",
                "Threads", "Verification",
            ]
        ),
        (
            "hifi",
            [
                "Benchmarks", "BlockSpec", "CUDAInference", "CUDAKernels", "Conformance", "Console", "Figures", "Files",
                "Foreign", "GGUF", "Inference", "Kernels", "Pages", "Quantization", "Reference", "Tokenization",
                "Verification",
            ]
        ),
        // For maintainers; never part of what is shipped.
        ("SpecLoader", ["BlockSpec", "CXXHash"]),
        ("spectool", ["SpecLoader"]),
        ("Fixtures", ["BlockSpec", "GGUF"]),
        ("vectors", ["BlockSpec", "Conformance", "Files", "Fixtures", "GGUF", "Reference", "SpecLoader", "Verification"]),
    ]

    /// What only the named modules may import from outside, beside the standard library and Foundation.
    private static let packages: [String: Set<String>] = [
        "ArgumentParser": ["hifi", "spectool", "vectors"], "Yams": ["SpecLoader"],
    ]

    /// The standard library and the system's.
    private static let systemModules: Set<String> = ["Foundation", "FoundationEssentials", "Synchronization", "Glibc", "Musl", "Darwin"]

    @Test("every module imports what it is declared to import, and nothing else")
    func graph() throws {
        let declared = Dictionary(uniqueKeysWithValues: Self.declared.map { ($0.module, $0.imports) })
        let folders = try Self.folders()
        #expect(Set(folders) == Set(declared.keys))
        for module in folders {
            let imports = try Self.imports(of: module).subtracting(Self.systemModules)
            let outside = imports.intersection(Self.packages.keys)
            for package in outside { #expect(Self.packages[package]?.contains(module) == true, "\(module) imports \(package)") }
            let own = imports.subtracting(outside)
            #expect(own == declared[module], "\(module) imports \(own.sorted()), declared is \((declared[module] ?? []).sorted())")
        }
    }

    @Test("a module comes after those that it imports, so there are no cycles")
    func order() {
        var known: Set<String> = []
        for (module, imports) in Self.declared {
            // Maintainers' modules stand last and are used among themselves only.
            #expect(imports.isSubset(of: known), "\(module) imports \(imports.subtracting(known).sorted()), which come later")
            known.insert(module)
        }
    }

    private static let sources = Repository.root.appendingPathComponent("Sources")

    private static func folders() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: sources.path).filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func imports(of module: String) throws -> Set<String> {
        let folder = sources.appendingPathComponent(module)
        let files =
            FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") } ?? []
        var modules: Set<String> = []
        for file in files {
            for line in try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                    words[..<place].allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0) })
                else { continue }
                modules.insert(String(words[place + 1]))
            }
        }
        return modules
    }
}
