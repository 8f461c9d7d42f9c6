/// Memory of a device, freed with the last reference.
final class DeviceBuffer: Sendable {
    /// Readable bytes that blocks of a file need after them: kernels read them in whole units of sixteen bytes. Other buffers
    /// have none, so that address checkers see the first byte past the end.
    static let blockSlack = 32

    let device: CUDADevice
    let address: UInt64
    let bytes: Int

    /// - Throws: `outOfMemory`, `failed`.
    init(_ device: CUDADevice, bytes: Int, slack: Int = 0) throws(CUDAError) {
        self.device = device
        self.bytes = bytes
        try device.enter()
        var address: UInt64 = 0
        let status = device.library.cuMemAlloc(&address, bytes + slack)
        if status == 2 { throw .outOfMemory(bytes: bytes) }
        try device.library.check(status, "allocating \(bytes) bytes")
        self.address = address
    }

    /// A buffer filled with a copy.
    convenience init(_ device: CUDADevice, _ source: UnsafeRawBufferPointer, slack: Int = 0) throws(CUDAError) {
        try self.init(device, bytes: source.count, slack: slack)
        try upload(source)
    }

    /// The driver waits for work that uses the memory.
    deinit {
        guard (try? device.enter()) != nil else { return }
        _ = device.library.cuMemFree(address)
    }

    /// Copies into the buffer from byte `offset` on, and waits.
    func upload(_ source: UnsafeRawBufferPointer, at offset: Int = 0) throws(CUDAError) {
        precondition(offset >= 0 && source.count <= bytes - offset, "more bytes than the buffer has")
        guard let start = source.baseAddress, source.count > 0 else { return }
        try device.enter()
        try device.library.check(
            device.library.cuMemcpyHtoD(address + UInt64(offset), start, source.count), "copying \(source.count) bytes to the device")
    }

    /// Waits for the work before, and copies from byte `offset` on.
    func download(_ target: UnsafeMutableRawBufferPointer, at offset: Int = 0) throws(CUDAError) {
        precondition(offset >= 0 && target.count <= bytes - offset, "more bytes than the buffer has")
        guard let start = target.baseAddress, target.count > 0 else { return }
        try device.enter()
        try device.library.check(
            device.library.cuMemcpyDtoH(start, address + UInt64(offset), target.count), "copying \(target.count) bytes from the device")
    }
}
