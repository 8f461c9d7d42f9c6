/// Memory of a device, freed with the last reference.
final class DeviceBuffer: Sendable {
    /// Readable bytes past the end of every buffer: kernels read whole units of sixteen bytes.
    static let slack = 32

    let device: CUDADevice
    let address: UInt64
    let bytes: Int

    /// - Throws: `outOfMemory`, `failed`.
    init(_ device: CUDADevice, bytes: Int) throws(CUDAError) {
        self.device = device
        self.bytes = bytes
        try device.enter()
        var address: UInt64 = 0
        let status = device.library.cuMemAlloc(&address, bytes + Self.slack)
        if status == 2 { throw .outOfMemory(bytes: bytes) }
        try device.library.check(status, "allocating \(bytes) bytes")
        self.address = address
    }

    /// A buffer filled with a copy.
    convenience init(_ device: CUDADevice, _ source: UnsafeRawBufferPointer) throws(CUDAError) {
        try self.init(device, bytes: source.count)
        try upload(source)
    }

    deinit {
        guard (try? device.enter()) != nil else { return }
        _ = device.library.cuMemFree(address)
    }

    /// Copies to the start of the buffer, and waits.
    func upload(_ source: UnsafeRawBufferPointer) throws(CUDAError) {
        precondition(source.count <= bytes, "more bytes than the buffer has")
        guard let start = source.baseAddress, source.count > 0 else { return }
        try device.enter()
        try device.library.check(device.library.cuMemcpyHtoD(address, start, source.count), "copying \(source.count) bytes to the device")
    }

    /// Waits for the work before, and copies from the start of the buffer.
    func download(_ target: UnsafeMutableRawBufferPointer) throws(CUDAError) {
        precondition(target.count <= bytes, "more bytes than the buffer has")
        guard let start = target.baseAddress, target.count > 0 else { return }
        try device.enter()
        try device.library.check(device.library.cuMemcpyDtoH(start, address, target.count), "copying \(target.count) bytes from the device")
    }
}
