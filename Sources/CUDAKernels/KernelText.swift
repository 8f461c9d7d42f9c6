import CUDATexts

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The kernels as the binary carries them.
public enum KernelText {
    /// The CUDA text, all files of `Sources/CUDATexts/Kernels` joined.
    public static var source: String { String(cString: hifi_cuda_source()) }

    /// The architectures that PTX is carried for, highest first.
    public static let architectures = [80, 75]

    /// The PTX of one of `architectures`.
    public static func ptx(_ architecture: Int) -> String { String(cString: ptxAddress(architecture)) }

    /// Loads what fits the device: PTX; or, if `HIFI_CUDA_COMPILE` is set, the text compiled now by NVRTC for exactly this
    /// device, for people at work on the kernels.
    static func load(into device: CUDADevice) throws(CUDAError) -> KernelModule {
        let capability = device.capability.major * 10 + device.capability.minor
        if getenv("HIFI_CUDA_COMPILE") != nil {
            let image = try NVRTC().compile(source, architecture: "sm_\(capability)").image
            let result: Result<KernelModule, CUDAError> = image.withUnsafeBytes { bytes in
                Result { () throws(CUDAError) in
                    guard let start = bytes.baseAddress else { throw .compilation("the compiler gave nothing") }
                    return try KernelModule(device, start)
                }
            }
            return try result.get()
        }
        let architecture = architectures.first { $0 <= capability } ?? 75
        return try KernelModule(device, ptxAddress(architecture))
    }

    private static func ptxAddress(_ architecture: Int) -> UnsafePointer<CChar> {
        architecture >= 80 ? hifi_cuda_ptx_80() : hifi_cuda_ptx_75()
    }
}
