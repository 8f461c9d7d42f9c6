import HIFIForeign

/// A device and its primary context. Safe to use from any thread; work is done in the order in which it is asked for.
public final class CUDADevice: Sendable {
    /// As the driver names it, e.g. `NVIDIA H100 80GB HBM3`.
    public let name: ForeignText
    /// Compute capability, e.g. 9 and 0.
    public let capability: (major: Int, minor: Int)
    /// Multiprocessors.
    public let processors: Int
    /// Bytes of shared memory that one block can have.
    public let sharedLimit: Int
    /// Bytes of second-level cache.
    public let cacheBytes: Int
    /// The driver's CUDA version, e.g. 12040.
    public let driverVersion: Int

    let library: DriverLibrary
    private let ordinal: Int32
    private let context: UInt  // an address: raw pointers are not Sendable

    /// Opens a device.
    ///
    /// - Parameters:
    ///   - index: as the driver counts them.
    ///   - driver: path of the driver library; nil for what `HIFI_LIBCUDA` names, else `libcuda.so.1`.
    /// - Throws: `noDriver`, `driverTooOld`, `noDevice`, `deviceTooOld`, `failed`.
    public init(index: Int = 0, driver: String? = nil) throws(CUDAError) {
        let library = try DriverLibrary.load(driver)
        self.library = library
        var count: Int32 = 0
        // Status 100 is a driver that sees no device, at either call.
        let started = library.cuInit(0)
        if started != 100 { try library.check(started, "starting the NVIDIA driver") }
        let counted = started == 100 ? 100 : library.cuDeviceGetCount(&count)
        if counted != 100 { try library.check(counted, "counting devices") }
        guard index >= 0, index < Int(count) else { throw .noDevice(index: index, of: Int(count)) }
        var device: Int32 = 0
        try library.check(library.cuDeviceGet(&device, Int32(index)), "device \(index)")
        ordinal = device
        var text = [CChar](repeating: 0, count: 256)
        try library.check(library.cuDeviceGetName(&text, 255, device), "name of device \(index)")
        name = ForeignText(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)))
        func attribute(_ which: Int32, _ what: String) throws(CUDAError) -> Int {
            var value: Int32 = 0
            try library.check(library.cuDeviceGetAttribute(&value, which, device), what)
            return Int(value)
        }
        capability = (try attribute(75, "compute capability"), try attribute(76, "compute capability"))
        processors = max(1, try attribute(16, "multiprocessors"))
        sharedLimit = try attribute(97, "shared memory of a block")
        cacheBytes = try attribute(38, "second-level cache")
        var version: Int32 = 0
        try library.check(library.cuDriverGetVersion(&version), "driver version")
        driverVersion = Int(version)
        guard capability.major * 10 + capability.minor >= 75 else {
            throw .deviceTooOld(name, capability: "\(capability.major).\(capability.minor)")
        }
        var raw: UnsafeMutableRawPointer?
        try library.check(library.cuDevicePrimaryCtxRetain(&raw, device), "context of \(name)")
        context = UInt(bitPattern: raw)
    }

    deinit { _ = library.cuDevicePrimaryCtxRelease(ordinal) }

    /// Makes the context current on the calling thread.
    func enter() throws(CUDAError) {
        try library.check(library.cuCtxSetCurrent(UnsafeMutableRawPointer(bitPattern: context)), "context of \(name)")
    }

    /// Waits for all work.
    public func synchronize() throws(CUDAError) {
        try enter()
        try library.check(library.cuCtxSynchronize(), "waiting for \(name)")
    }

    /// Bytes of device memory that are free, and that there are.
    public func memory() throws(CUDAError) -> (free: Int, total: Int) {
        try enter()
        var (free, total) = (0, 0)
        try library.check(library.cuMemGetInfo(&free, &total), "memory of \(name)")
        return (free, total)
    }
}
