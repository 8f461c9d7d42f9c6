/// Numbers in a device's memory: all of an allocation, or a stretch of one.
///
/// A value: copies and slices mean the same memory, which is freed with the last of them. Freeing waits for the device, so whoever
/// has work under way keeps its arrays.
package struct DeviceArray<Element: BitwiseCopyable & Sendable>: Sendable {
    /// How many numbers.
    package let count: Int
    let buffer: DeviceBuffer
    /// Where the first one is, in bytes from the start of the allocation.
    let offset: Int

    private init(_ buffer: DeviceBuffer, offset: Int, count: Int) {
        (self.buffer, self.offset, self.count) = (buffer, offset, count)
    }

    /// Room for `count` numbers, of any content.
    ///
    /// - Throws: `outOfMemory`, `failed`.
    package init(_ backend: CUDABackend, count: Int) throws(CUDAError) {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        precondition(count >= 0, "a count below zero")
        guard !overflow else { throw .outOfMemory(bytes: Int.max) }
        // No device has allocations of nothing.
        self.init(try DeviceBuffer(backend.device, bytes: max(1, bytes)), offset: 0, count: count)
    }

    /// A copy of numbers of the host.
    ///
    /// - Throws: `outOfMemory`, `failed`.
    package init(_ backend: CUDABackend, _ values: [Element]) throws(CUDAError) {
        try self.init(backend, count: values.count)
        try upload(values)
    }

    /// All of a buffer.
    init(_ buffer: DeviceBuffer) {
        self.init(buffer, offset: 0, count: buffer.bytes / MemoryLayout<Element>.stride)
    }

    /// A stretch of the same memory. The range must lie within.
    package func slice(_ range: Range<Int>) -> DeviceArray {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a slice outside the array")
        return DeviceArray(buffer, offset: offset + range.lowerBound * MemoryLayout<Element>.stride, count: range.count)
    }

    /// Sets every number; does not wait. The number's bytes must be one 32-bit word, or two that are equal.
    ///
    /// - Throws: `failed`.
    package func fill(_ value: Element) throws(CUDAError) {
        let words = withUnsafeBytes(of: value) { Array($0.bindMemory(to: UInt32.self)) }
        guard let word = words.first, count > 0 else { return }
        precondition(words.allSatisfy { $0 == word } && words.count * 4 == MemoryLayout<Element>.stride, "not one word, repeated")
        try buffer.device.enter()
        try buffer.device.library.check(
            buffer.device.library.cuMemsetD32Async(address, word, count * words.count, nil), "filling \(count) numbers")
    }

    /// Copies to the start of the array. Waits for the work before: the host's memory may be used again afterwards.
    ///
    /// - Throws: `failed`.
    package func upload(_ source: UnsafeBufferPointer<Element>) throws(CUDAError) {
        precondition(source.count <= count, "more numbers than the array has")
        try buffer.upload(UnsafeRawBufferPointer(source), at: offset)
    }

    /// The same of an array.
    ///
    /// - Throws: `failed`.
    package func upload(_ values: [Element]) throws(CUDAError) {
        let result: Result<Void, CUDAError> = values.withUnsafeBufferPointer { source in
            Result { () throws(CUDAError) in try upload(source) }
        }
        try result.get()
    }

    /// Waits for the work before and copies the first numbers to the host.
    ///
    /// - Throws: `failed`.
    package func download(into target: UnsafeMutableBufferPointer<Element>) throws(CUDAError) {
        precondition(target.count <= count, "more numbers than the array has")
        try buffer.download(UnsafeMutableRawBufferPointer(target), at: offset)
    }

    /// All numbers, after the work before.
    ///
    /// - Throws: `failed`.
    package func download() throws(CUDAError) -> [Element] {
        var failure: CUDAError?
        let values = [Element](unsafeUninitializedCapacity: count) { target, initialized in
            do throws(CUDAError) {
                try download(into: UnsafeMutableBufferPointer(rebasing: target[..<count]))
                initialized = count
            } catch { failure = error }
        }
        if let failure { throw failure }
        return values
    }

    /// Where the first number is.
    var address: UInt64 { buffer.address + UInt64(offset) }
    /// As a kernel's parameter.
    var argument: KernelArgument { .buffer(buffer, offset: offset) }
    /// As a kernel's parameter, `elements` further on.
    func argument(at elements: Int) -> KernelArgument { .buffer(buffer, offset: offset + elements * MemoryLayout<Element>.stride) }
    /// Whether kernels may load sixteen bytes at a time from here.
    var isAligned: Bool { address % 16 == 0 }
}

/// A product of sizes that an array must have room for.
func room(_ factors: Int...) -> Int {
    factors.reduce(1) { total, factor in
        precondition(factor >= 0, "a size below zero")
        let (product, overflow) = total.multipliedReportingOverflow(by: factor)
        precondition(!overflow, "sizes whose product no array has")
        return product
    }
}

/// A size as the kernels count it, in 32 bits.
func checked(_ size: Int) -> KernelArgument {
    precondition((0...Int(Int32.max)).contains(size), "a size outside the kernels' range")
    return .int(size)
}
