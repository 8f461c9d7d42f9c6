// libFuzzer has `main`, and calls these.

/// Called once, before anything else.
@_cdecl("LLVMFuzzerInitialize")
public func prepareFuzzing(_ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutableRawPointer) -> Int32 {
    do { try Driver.prepare() } catch { fatalError("cannot begin: \(error)") }
    return 0
}

/// Called for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    guard let target = Driver.target, let folder = Driver.folder else { return 0 }
    do {
        try target.run([UInt8](UnsafeBufferPointer(start: data, count: size)), in: folder)
    } catch {
        fatalError("broken property: \(error)")
    }
    return 0
}
