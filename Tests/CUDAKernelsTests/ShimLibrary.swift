import CUDAKernels
import Foundation
import TestSupport

/// Stand-ins for the driver library, built from the kernels' own text: its device is this machine's processor.
enum ShimLibrary {
    struct BuildFailure: Error, CustomStringConvertible {
        let description: String
    }

    /// A change of the kernels' text, which must be found exactly once.
    struct Edit: Sendable {
        let old: String
        let new: String
    }

    /// The text as it is; or in a run of the tests within the tests, what that names.
    static let plain = Result { try ProcessInfo.processInfo.environment["HIFI_SHIM_LIBRARY"] ?? build("plain", []) }
    /// The text as it is, with checks of every address.
    static let sanitized = Result {
        try build("sanitized", [], flags: ["-O0", "-fsanitize=address,alignment", "-fno-sanitize-recover=all", "-shared-libasan"])
    }
    /// What a program must load first to run the sanitized library; nil if the compiler has none.
    static let sanitizerRuntime: String? = {
        guard let compiler, compiler.hasSuffix("clang++") else { return nil }
        #if arch(arm64)
            let name = "libclang_rt.asan-aarch64.so"
        #else
            let name = "libclang_rt.asan-x86_64.so"
        #endif
        guard let output = try? Program.run(compiler, ["-print-file-name=\(name)"]).output else { return nil }
        let path = output.trimmingCharacters(in: .whitespacesAndNewlines)
        return path.hasPrefix("/") && FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// The C++ compiler: clang as Swift brings it, or the machine's.
    static let compiler: String? = ["clang++", "g++", "c++"].lazy.compactMap { name in
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }.first

    /// Builds a library of the text with changes; returns its path.
    static func build(_ name: String, _ edits: [Edit], flags: [String] = []) throws -> String {
        var text = KernelText.source
        for edit in edits {
            guard text.components(separatedBy: edit.old).count == 2 else {
                throw BuildFailure(description: "\"\(edit.old)\" does not stand in the kernels exactly once")
            }
            text = text.replacingOccurrences(of: edit.old, with: edit.new)
        }
        return try build(name, file: "kernels.cu", text: text, flags: flags)
    }

    /// Builds a library of kernels in a file that the driver's text includes; returns its path.
    static func build(_ name: String, file: String, text: String, flags: [String]) throws -> String {
        guard let compiler else { throw BuildFailure(description: "no C++ compiler: the shim cannot be built") }
        let folder = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appendingPathComponent(file))
        let library = folder.appendingPathComponent("libcuda.so.1").path
        let shim = Repository.root.appendingPathComponent("Tests/CUDAKernelsTests/Shim")
        let arguments =
            ["-std=c++17", "-O1", "-g1", "-ffp-contract=off", "-fvisibility=hidden", "-fPIC", "-shared", "-w"] + flags + [
                "-I", folder.path, "-I", shim.path, shim.appendingPathComponent("fake_driver.cpp").path, "-o", library,
            ]
        let (status, output) = try Program.run(compiler, arguments)
        guard status == 0 else { throw BuildFailure(description: output) }
        return library
    }

    /// A folder for this run of the tests. It stays until the machine cleans up: libraries in use cannot be removed.
    private static let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "hifi-cuda-shim-\(ProcessInfo.processInfo.processIdentifier)")

    /// The order in which the threads of a library's device run from now on: 0 up, 1 down, more: shuffled.
    static func setOrder(_ order: Int32, of library: String) { set("shim_set_order", order, of: library) }

    /// The fault that acts from now on in a library that was built with several; 0: none.
    static func setFault(_ fault: Int, of library: String) { set("shim_set_fault", Int32(fault), of: library) }

    private static func set(_ function: String, _ value: Int32, of library: String) {
        typealias Function = @convention(c) (Int32) -> Void
        guard let address = symbol(function, of: library) else { return }
        unsafeBitCast(address, to: Function.self)(value)
    }

    /// Allocations of a library's device that have not been freed.
    static func allocations(of library: String) -> Int {
        typealias Function = @convention(c) () -> Int32
        guard let address = symbol("shim_allocations", of: library) else { return -1 }
        return Int(unsafeBitCast(address, to: Function.self)())
    }

    private static func symbol(_ name: String, of library: String) -> UnsafeMutableRawPointer? {
        dlopen(library, RTLD_NOW | RTLD_LOCAL).flatMap { dlsym($0, name) }
    }
}

/// Runs programs.
enum Program {
    /// Waits for the end; returns the status (negative: the signal) and both outputs.
    static func run(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = Repository.root
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("hifi-output-\(UUID().uuidString)")
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let handle = try FileHandle(forWritingTo: file)
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let output = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        return (process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus, output)
    }

    /// The program that runs the tests.
    static let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]

    /// The tool that was built together with the tests.
    static let hifi = URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("hifi").path
}
