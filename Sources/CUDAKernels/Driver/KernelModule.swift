import HIFIForeign
import Synchronization

/// A parameter of a kernel.
enum KernelArgument {
    case buffer(DeviceBuffer, offset: Int = 0)
    case int(Int)
    case uint64(UInt64)
    case float(Float)
    /// No address.
    case nothing
    /// A struct of 32-bit integers, by value.
    case ints([Int32])
}

/// Kernels loaded into a device.
final class KernelModule: Sendable {
    let device: CUDADevice
    private let handle: UInt
    private let functions = Mutex<[String: Function]>([:])

    private struct Function {
        let handle: UInt
        /// Bytes of dynamic shared memory that a launch may ask for.
        var sharedLimit: Int
    }

    /// Loads PTX (with a final NUL) or a machine image.
    init(_ device: CUDADevice, _ image: UnsafeRawPointer) throws(CUDAError) {
        self.device = device
        try device.enter()
        var raw: UnsafeMutableRawPointer?
        var log = [CChar](repeating: 0, count: 8192)
        // Options 5 and 6: where the driver's compiler may write what it has to say, and how much.
        let status = log.withUnsafeMutableBytes { buffer -> Int32 in
            var options: [Int32] = [5, 6]
            var values: [UnsafeMutableRawPointer?] = [buffer.baseAddress, UnsafeMutableRawPointer(bitPattern: UInt(buffer.count))]
            return device.library.cuModuleLoadDataEx(&raw, image, 2, &options, &values)
        }
        let text = String(decoding: log.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        try device.library.check(
            status, "loading the kernels into \(device.name)\(text.isEmpty ? "" : " (\(ForeignText(sentence: text)))")")
        handle = UInt(bitPattern: raw)
    }

    deinit {
        guard (try? device.enter()) != nil else { return }
        _ = device.library.cuModuleUnload(UnsafeMutableRawPointer(bitPattern: handle))
    }

    /// Starts a kernel; does not wait.
    ///
    /// - Parameters:
    ///   - grid: blocks, x and y.
    ///   - threads: of a block.
    ///   - shared: bytes of dynamic shared memory.
    func launch(_ name: String, grid: (Int, Int), threads: Int, shared: Int = 0, _ arguments: [KernelArgument]) throws(CUDAError) {
        try device.enter()
        let function = try prepare(name, shared: shared)
        // Each argument in 64-bit words of its own, little-endian: a 32-bit value is the lower half.
        var words: [UInt64] = []
        var starts: [Int] = []
        for argument in arguments {
            starts.append(words.count)
            switch argument {
            case .buffer(let buffer, let offset): words.append(buffer.address + UInt64(offset))
            case .int(let value): words.append(UInt64(UInt32(truncatingIfNeeded: value)))
            case .uint64(let value): words.append(value)
            case .float(let value): words.append(UInt64(value.bitPattern))
            case .nothing: words.append(0)
            case .ints(let values):
                for pair in stride(from: 0, to: values.count, by: 2) {
                    let high = pair + 1 < values.count ? values[pair + 1] : 0
                    words.append(UInt64(UInt32(bitPattern: values[pair])) | UInt64(UInt32(bitPattern: high)) << 32)
                }
            }
        }
        let status = words.withUnsafeMutableBufferPointer { buffer -> Int32 in
            var pointers = starts.map { start in buffer.baseAddress.map { UnsafeMutableRawPointer($0 + start) } }
            return device.library.cuLaunchKernel(
                UnsafeMutableRawPointer(bitPattern: function), UInt32(grid.0), UInt32(grid.1), 1, UInt32(threads), 1, 1, UInt32(shared),
                nil, &pointers, nil)
        }
        try device.library.check(status, "kernel \(name)")
    }

    /// The function's handle, allowed that much shared memory.
    private func prepare(_ name: String, shared: Int) throws(CUDAError) -> UInt {
        let result = functions.withLock { known -> Result<UInt, CUDAError> in
            do throws(CUDAError) {
                var function: Function
                if let found = known[name] {
                    function = found
                } else {
                    var raw: UnsafeMutableRawPointer?
                    let module = UnsafeMutableRawPointer(bitPattern: handle)
                    try device.library.check(device.library.cuModuleGetFunction(&raw, module, name), "kernel \(name)")
                    function = Function(handle: UInt(bitPattern: raw), sharedLimit: 48 << 10)
                }
                if shared > function.sharedLimit {
                    // Attribute 8: the most dynamic shared memory.
                    let raw = UnsafeMutableRawPointer(bitPattern: function.handle)
                    try device.library.check(device.library.cuFuncSetAttribute(raw, 8, Int32(shared)), "\(shared) bytes of shared memory")
                    function.sharedLimit = shared
                }
                known[name] = function
                return .success(function.handle)
            } catch { return .failure(error) }
        }
        return try result.get()
    }
}
