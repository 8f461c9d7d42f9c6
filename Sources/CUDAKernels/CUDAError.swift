import HIFIForeign

/// Why a CUDA device cannot be used, or failed.
public enum CUDAError: Error, Equatable, CustomStringConvertible {
    /// No driver library: what the loader said.
    case noDriver(ForeignText)
    /// The driver lacks a function: it is older than CUDA 11.
    case driverTooOld(function: String)
    /// A driver, but no such device.
    case noDevice(index: Int, of: Int)
    /// The device cannot run the kernels: its name and compute capability.
    case deviceTooOld(ForeignText, capability: String)
    /// A call of the driver failed: what was tried, the error's name, what the driver adds.
    case failed(String, name: ForeignText, detail: ForeignText)
    /// More memory than the device has left.
    case outOfMemory(bytes: Int)
    /// No NVRTC library: where it was looked for.
    case noCompiler(ForeignText)
    /// The kernels' text did not compile: the compiler's log.
    case compilation(ForeignText)

    /// One line: what, and what to do.
    public var description: String {
        switch self {
        case .noDriver(let why): "no NVIDIA driver on this machine (\(why)); the processor's kernels (cpu) need none"
        case .driverTooOld(let function): "the NVIDIA driver has no \(function): install one of CUDA 11 or later"
        case .noDevice(let index, let count): "no CUDA device \(index): the driver sees \(count)"
        case .deviceTooOld(let name, let capability): "\(name) has compute capability \(capability); the kernels need 7.5 or later"
        case .failed(let what, let name, let detail): "\(what): \(name)\(detail.isEmpty ? "" : ": \(detail)")"
        case .outOfMemory(let bytes): "the device has no room for \(bytes) bytes"
        case .noCompiler(let tried): "no NVRTC library (tried \(tried)); set HIFI_NVRTC to its folder"
        case .compilation(let log): "the kernels do not compile: \(log)"
        }
    }
}
