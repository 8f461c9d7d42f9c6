#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIForeign

/// The driver's functions, found by name while running: nothing of CUDA is needed to build.
struct DriverLibrary: Sendable {
    typealias Raw = UnsafeMutableRawPointer
    typealias Out = UnsafeMutablePointer<UnsafeMutableRawPointer?>
    typealias Text = UnsafeMutablePointer<UnsafePointer<CChar>?>

    let cuInit: @Sendable @convention(c) (UInt32) -> Int32
    let cuDriverGetVersion: @Sendable @convention(c) (UnsafeMutablePointer<Int32>) -> Int32
    let cuDeviceGetCount: @Sendable @convention(c) (UnsafeMutablePointer<Int32>) -> Int32
    let cuDeviceGet: @Sendable @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32
    let cuDeviceGetName: @Sendable @convention(c) (UnsafeMutablePointer<CChar>, Int32, Int32) -> Int32
    let cuDeviceGetAttribute: @Sendable @convention(c) (UnsafeMutablePointer<Int32>, Int32, Int32) -> Int32
    let cuDevicePrimaryCtxRetain: @Sendable @convention(c) (Out, Int32) -> Int32
    let cuDevicePrimaryCtxRelease: @Sendable @convention(c) (Int32) -> Int32
    let cuCtxSetCurrent: @Sendable @convention(c) (Raw?) -> Int32
    let cuCtxSynchronize: @Sendable @convention(c) () -> Int32
    let cuModuleLoadDataEx:
        @Sendable @convention(c) (Out, UnsafeRawPointer, UInt32, UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Raw?>?) -> Int32
    let cuModuleUnload: @Sendable @convention(c) (Raw?) -> Int32
    let cuModuleGetFunction: @Sendable @convention(c) (Out, Raw?, UnsafePointer<CChar>) -> Int32
    let cuFuncSetAttribute: @Sendable @convention(c) (Raw?, Int32, Int32) -> Int32
    let cuMemAlloc: @Sendable @convention(c) (UnsafeMutablePointer<UInt64>, Int) -> Int32
    let cuMemFree: @Sendable @convention(c) (UInt64) -> Int32
    let cuMemGetInfo: @Sendable @convention(c) (UnsafeMutablePointer<Int>, UnsafeMutablePointer<Int>) -> Int32
    let cuMemcpyHtoD: @Sendable @convention(c) (UInt64, UnsafeRawPointer, Int) -> Int32
    let cuMemcpyDtoH: @Sendable @convention(c) (Raw, UInt64, Int) -> Int32
    let cuMemcpyDtoDAsync: @Sendable @convention(c) (UInt64, UInt64, Int, Raw?) -> Int32
    let cuMemsetD32Async: @Sendable @convention(c) (UInt64, UInt32, Int, Raw?) -> Int32
    let cuLaunchKernel:
        @Sendable @convention(c) (
            Raw?, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, Raw?, UnsafeMutablePointer<Raw?>?, UnsafeMutablePointer<Raw?>?
        ) -> Int32
    let cuEventCreate: @Sendable @convention(c) (Out, UInt32) -> Int32
    let cuEventDestroy: @Sendable @convention(c) (Raw?) -> Int32
    let cuEventRecord: @Sendable @convention(c) (Raw?, Raw?) -> Int32
    let cuEventSynchronize: @Sendable @convention(c) (Raw?) -> Int32
    let cuEventElapsedTime: @Sendable @convention(c) (UnsafeMutablePointer<Float>, Raw?, Raw?) -> Int32
    let cuGetErrorName: @Sendable @convention(c) (Int32, Text) -> Int32
    let cuGetErrorString: @Sendable @convention(c) (Int32, Text) -> Int32

    /// Functions whose present form has a suffix must be asked for with it: without, an older form answers.
    private init(_ library: Raw) throws(CUDAError) {
        func function<T>(_ name: String) throws(CUDAError) -> T {
            guard let address = dlsym(library, name) else { throw .driverTooOld(function: name) }
            return unsafeBitCast(address, to: T.self)
        }
        cuInit = try function("cuInit")
        cuDriverGetVersion = try function("cuDriverGetVersion")
        cuDeviceGetCount = try function("cuDeviceGetCount")
        cuDeviceGet = try function("cuDeviceGet")
        cuDeviceGetName = try function("cuDeviceGetName")
        cuDeviceGetAttribute = try function("cuDeviceGetAttribute")
        cuDevicePrimaryCtxRetain = try function("cuDevicePrimaryCtxRetain")
        cuDevicePrimaryCtxRelease = try function("cuDevicePrimaryCtxRelease_v2")
        cuCtxSetCurrent = try function("cuCtxSetCurrent")
        cuCtxSynchronize = try function("cuCtxSynchronize")
        cuModuleLoadDataEx = try function("cuModuleLoadDataEx")
        cuModuleUnload = try function("cuModuleUnload")
        cuModuleGetFunction = try function("cuModuleGetFunction")
        cuFuncSetAttribute = try function("cuFuncSetAttribute")
        cuMemAlloc = try function("cuMemAlloc_v2")
        cuMemFree = try function("cuMemFree_v2")
        cuMemGetInfo = try function("cuMemGetInfo_v2")
        cuMemcpyHtoD = try function("cuMemcpyHtoD_v2")
        cuMemcpyDtoH = try function("cuMemcpyDtoH_v2")
        cuMemcpyDtoDAsync = try function("cuMemcpyDtoDAsync_v2")
        cuMemsetD32Async = try function("cuMemsetD32Async")
        cuLaunchKernel = try function("cuLaunchKernel")
        cuEventCreate = try function("cuEventCreate")
        cuEventDestroy = try function("cuEventDestroy_v2")
        cuEventRecord = try function("cuEventRecord")
        cuEventSynchronize = try function("cuEventSynchronize")
        cuEventElapsedTime = try function("cuEventElapsedTime")
        cuGetErrorName = try function("cuGetErrorName")
        cuGetErrorString = try function("cuGetErrorString")
    }

    /// Loads a library, which then stays for the life of the process.
    ///
    /// - Parameter path: nil for what `HIFI_LIBCUDA` names, else the machine's `libcuda.so.1`.
    static func load(_ path: String?) throws(CUDAError) -> DriverLibrary {
        let name = path ?? getenv("HIFI_LIBCUDA").map { String(cString: $0) } ?? "libcuda.so.1"
        guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            throw .noDriver(ForeignText(sentence: dlerror().map { String(cString: $0) } ?? name))
        }
        return try DriverLibrary(library)
    }

    /// Turns a status into an error.
    func check(_ status: Int32, _ what: @autoclosure () -> String) throws(CUDAError) {
        guard status != 0 else { return }
        var name: UnsafePointer<CChar>?
        var text: UnsafePointer<CChar>?
        _ = cuGetErrorName(status, &name)
        _ = cuGetErrorString(status, &text)
        throw .failed(
            what(), name: name.map { ForeignText(String(cString: $0)) } ?? ForeignText("error \(status)"),
            detail: text.map { ForeignText(sentence: String(cString: $0)) } ?? "")
    }
}
