#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign

/// NVIDIA's run-time compiler. It needs neither a device nor a driver.
public struct NVRTC: Sendable {
    /// The library that was found.
    public let path: String
    /// E.g. 12 and 4.
    public let version: (major: Int, minor: Int)

    private typealias Raw = UnsafeMutableRawPointer
    private typealias Size = @Sendable @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<Int>) -> Int32
    private typealias Fetch = @Sendable @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>) -> Int32

    private let create:
        @Sendable @convention(c) (
            UnsafeMutablePointer<UnsafeMutableRawPointer?>, UnsafePointer<CChar>, UnsafePointer<CChar>, Int32,
            UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
        ) -> Int32
    private let compile: @Sendable @convention(c) (UnsafeMutableRawPointer?, Int32, UnsafePointer<UnsafePointer<CChar>?>?) -> Int32
    private let destroy: @Sendable @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>) -> Int32
    private let logSize: Size
    private let log: Fetch
    private let imageSize: Size
    private let image: Fetch
    private let ptxSize: Size
    private let ptx: Fetch

    /// What a compilation gives.
    public struct Result: Sendable {
        /// A machine image, or PTX without a final NUL.
        public let image: [UInt8]
        /// What the compiler said.
        public let log: String
    }

    /// Finds the library.
    ///
    /// - Parameter folder: where it is; nil for what `HIFI_NVRTC` names, else the loader's path and the usual places of a toolkit.
    /// - Throws: `noCompiler`.
    public init(folder: String? = nil) throws(CUDAError) {
        func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
        let folders =
            (folder ?? variable("HIFI_NVRTC")).map { [$0] }
            ?? [""] + ["CUDA_HOME", "CUDA_PATH"].compactMap { variable($0).map { $0 + "/lib64" } } + ["/usr/local/cuda/lib64"]
        for folder in folders {
            // The library loads its built-in functions by a bare name, which is not found outside the loader's path unless
            // they are there already.
            for name in Self.files(in: folder) where name.hasPrefix("libnvrtc-builtins.so.") {
                _ = dlopen("\(folder)/\(name)", RTLD_NOW | RTLD_GLOBAL)
            }
            for name in ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so"] {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else { continue }
                self = try NVRTC(path, library)
                return
            }
        }
        throw .noCompiler(ForeignText(sentence: folders.map { $0.isEmpty ? "the loader's path" : $0 }.joined(separator: ", ")))
    }

    private init(_ path: String, _ library: Raw) throws(CUDAError) {
        func function<T>(_ name: String) throws(CUDAError) -> T {
            guard let address = dlsym(library, name) else { throw .noCompiler(ForeignText(sentence: "\(path), which has no \(name)")) }
            return unsafeBitCast(address, to: T.self)
        }
        let version: @convention(c) (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> Int32 = try function("nvrtcVersion")
        var (major, minor): (Int32, Int32) = (0, 0)
        _ = version(&major, &minor)
        self.path = path
        self.version = (Int(major), Int(minor))
        create = try function("nvrtcCreateProgram")
        compile = try function("nvrtcCompileProgram")
        destroy = try function("nvrtcDestroyProgram")
        logSize = try function("nvrtcGetProgramLogSize")
        log = try function("nvrtcGetProgramLog")
        imageSize = try function("nvrtcGetCUBINSize")
        image = try function("nvrtcGetCUBIN")
        ptxSize = try function("nvrtcGetPTXSize")
        ptx = try function("nvrtcGetPTX")
    }

    /// Compiles a text.
    ///
    /// - Parameters:
    ///   - architecture: `sm_90` for a machine image, `compute_75` for PTX.
    ///   - options: further ones of the compiler.
    /// - Throws: `compilation`, with the compiler's log.
    public func compile(_ source: String, architecture: String, options: [String] = []) throws(CUDAError) -> Result {
        var program: UnsafeMutableRawPointer?
        guard create(&program, source, "kernels.cu", 0, nil, nil) == 0 else { throw .compilation("no program could be made") }
        defer { _ = destroy(&program) }
        let all = ["--gpu-architecture=\(architecture)", "--std=c++17"] + options
        let copies = all.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let status = copies.map { UnsafePointer<CChar>($0) }.withUnsafeBufferPointer { compile(program, Int32($0.count), $0.baseAddress) }
        let text = String(decoding: fetch(program, logSize, log).prefix { $0 != 0 }, as: UTF8.self)
        guard status == 0 else { throw .compilation(ForeignText(sentence: text)) }
        let machine = architecture.hasPrefix("sm_")
        let bytes = machine ? fetch(program, imageSize, image) : fetch(program, ptxSize, ptx)
        return Result(image: machine ? bytes : Array(bytes.prefix { $0 != 0 }), log: text)
    }

    private func fetch(_ program: UnsafeMutableRawPointer?, _ size: Size, _ contents: Fetch) -> [UInt8] {
        var count = 0
        guard size(program, &count) == 0, count > 0 else { return [] }
        var bytes = [CChar](repeating: 0, count: count)
        _ = contents(program, &bytes)
        return bytes.map(UInt8.init(bitPattern:))
    }

    private static func files(in folder: String) -> [String] {
        guard !folder.isEmpty, let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            withUnsafeBytes(of: &entry.pointee.d_name) { names.append(String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)) }
        }
        return names
    }
}
