/// Two marks in a device's work, and the time between them.
final class Stopwatch: Sendable {
    private let device: CUDADevice
    private let begin: UInt
    private let end: UInt

    init(_ device: CUDADevice) throws(CUDAError) {
        self.device = device
        try device.enter()
        func event() throws(CUDAError) -> UInt {
            var raw: UnsafeMutableRawPointer?
            try device.library.check(device.library.cuEventCreate(&raw, 0), "an event")
            return UInt(bitPattern: raw)
        }
        begin = try event()
        end = try event()
    }

    deinit {
        guard (try? device.enter()) != nil else { return }
        for event in [begin, end] { _ = device.library.cuEventDestroy(UnsafeMutableRawPointer(bitPattern: event)) }
    }

    /// Nanoseconds that the device took for the work that `body` asks for.
    func time(_ body: () throws(CUDAError) -> Void) throws(CUDAError) -> Double {
        try device.enter()
        let library = device.library
        let (begin, end) = (UnsafeMutableRawPointer(bitPattern: begin), UnsafeMutableRawPointer(bitPattern: end))
        try library.check(library.cuEventRecord(begin, nil), "an event")
        try body()
        try library.check(library.cuEventRecord(end, nil), "an event")
        try library.check(library.cuEventSynchronize(end), "waiting for \(device.name)")
        var milliseconds: Float = 0
        try library.check(library.cuEventElapsedTime(&milliseconds, begin, end), "an event's time")
        return Double(milliseconds) * 1e6
    }
}
