import CUDAKernels
import HIFIKernels

/// The device as a backend of commands: the one place where a command meets it.
enum CUDASystem {
    /// What a command line may say, for help texts.
    static let names = "cuda (or cuda:rows, cuda:tiles, cuda:matrix)"

    /// Which kernels a name asks for; nil for a name that is not of the device.
    static func path(named name: String) -> CUDABackend.Path? {
        if name == "cuda" { return .automatic }
        guard name.hasPrefix("cuda:") else { return nil }
        return CUDABackend.Path(rawValue: String(name.dropFirst(5)))
    }

    /// The first device with its kernels loaded; without one, a failure with the status of a missing device.
    static func open(_ path: CUDABackend.Path) throws -> CUDABackend {
        do {
            return try CUDABackend(CUDADevice(), path: path)
        } catch {
            throw Failure(.unavailable, "\(error)")
        }
    }
}
