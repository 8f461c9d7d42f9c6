import BlockSpec
import Foundation
import Reference
// scratch
let a = CommandLine.arguments
let f = Spec.format(a[3])!
let b = [UInt8](try! Data(contentsOf: URL(fileURLWithPath: a[5])))
let d = try! ReferenceDecoder(f)
let o = try! d.decode(b)
try! o.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: a[7]))
