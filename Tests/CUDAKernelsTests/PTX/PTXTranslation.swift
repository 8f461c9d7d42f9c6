/// PTX as C++ for `Shim/ptx_instructions.h`, one call an instruction: `mul.wide.u32 %rd1, %r2, 36;` becomes
/// `ptx::mul_wide<ptx::u32>(line, rd1, r2, 36LL);`. What an instruction does stands there; one that it lacks does not compile.
struct PTXTranslation {
    let program: PTXProgram
    /// Whether products and sums that are not marked as rounded become one instruction, as a device's compiler may make them.
    let fusing: Bool
    /// Lines of instructions that can be left out: that at place n is where the fault n + 1 acts.
    var omissible: [Int] = []

    struct Untranslatable: Error, CustomStringConvertible {
        let kernel: String
        let line: Int
        let text: String
        var description: String { "\(kernel), line \(line) of the PTX: \(text) is not understood" }
    }

    /// The kernels, and a table of them.
    func source() throws(Untranslatable) -> String {
        var text = ""
        var table = "const Kernel ptx_kernels[] = {\n"
        for kernel in program.kernels {
            let layout = layout(of: kernel)
            text += try function(kernel, layout)
            table += "{\"\(kernel.name)\", \(kernel.name), \(layout.bytes), \(kernel.threads)},\n"
        }
        return text + table + "};\n"
    }

    /// Where the variables in shared memory lie that a kernel uses; what the launch asks for follows.
    private func layout(of kernel: PTXProgram.Kernel) -> (places: [String: Int], bytes: Int) {
        let used = Set(
            kernel.body.flatMap { statement -> [String] in
                guard case .instruction(let instruction) = statement else { return [] }
                return instruction.operands.map { String($0.trimmingBrackets.prefix { $0 != "+" }) }
            })
        var places: [String: Int] = [:]
        var end = 0
        for variable in program.shared + kernel.shared where used.contains(variable.name) {
            let start = end.roundedUp(to: variable.alignment)
            places[variable.name] = start
            end = start + variable.bytes
        }
        end = end.roundedUp(to: 16)
        for name in program.dynamic { places[name] = end }
        return (places, end)
    }

    private func function(_ kernel: PTXProgram.Kernel, _ layout: (places: [String: Int], bytes: Int)) throws(Untranslatable) -> String {
        var text = "static void \(kernel.name)(void **parameters) {\n"
        for registers in kernel.registers where registers.count > 1 {
            let names = (1..<registers.count).map { "\(registers.prefix)\($0){}" }.joined(separator: ", ")
            text += "ptx::\(registers.type) \(names);\n"
        }
        let fusions = fusing ? Fusions(kernel) : Fusions()
        for statement in kernel.body {
            switch statement {
            case .label(let label): text += "\(label.labelName):;\n"
            case .instruction(let instruction):
                do throws(Operand.Unknown) {
                    text += try line(fusions.instead(of: instruction), Operand.Names(kernel, layout.places)) + "\n"
                } catch {
                    throw Untranslatable(kernel: kernel.name, line: instruction.line, text: error.text)
                }
            }
        }
        return text + "}\n"
    }

    private func line(_ instruction: PTXProgram.Instruction?, _ names: Operand.Names) throws(Operand.Unknown) -> String {
        guard let instruction else { return "" }
        var text = ""
        if let fault = omissible.firstIndex(of: instruction.line) { text += "if (shim::g_fault != \(fault + 1)) " }
        if let guardedBy = instruction.guardedBy { text += "if (\(guardedBy.replacing("%", with: ""))) " }
        var parts = instruction.name.split(separator: ".").map(String.init)
        let root = parts.removeFirst()
        if root == "ret" { return text + "return;" }
        if root == "bra", let target = instruction.operands.first { return text + "goto \(target.labelName);" }
        var words = [root]
        var types: [String] = []
        for part in parts where !["v2", "v4"].contains(part) {
            if Self.types.contains(part) { types.append("ptx::\(part)") } else { words.append(part.replacing("::", with: "_")) }
        }
        // C++ has four of the names for itself.
        let name = words.joined(separator: "_") + (["and", "or", "xor", "not"].contains(root) ? "_" : "")
        var operands = ["\(instruction.line)"]
        for operand in instruction.operands { operands.append(try Operand.expression(operand, names)) }
        return text + "ptx::\(name)\(types.isEmpty ? "" : "<\(types.joined(separator: ", "))>")(\(operands.joined(separator: ", ")));"
    }

    private static let types: Set<String> = [
        "u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "b8", "b16", "b32", "b64", "f16", "f32", "f64", "pred",
    ]
}

/// Operands as C++.
private enum Operand {
    struct Unknown: Error { let text: String }

    struct Names {
        let parameters: [String: Int]
        let shared: [String: Int]

        init(_ kernel: PTXProgram.Kernel, _ shared: [String: Int]) {
            parameters = Dictionary(uniqueKeysWithValues: kernel.parameters.enumerated().map { ($1.name, $0) })
            self.shared = shared
        }
    }

    static func expression(_ text: String, _ names: Names) throws(Unknown) -> String {
        if text.hasPrefix("["), text.hasSuffix("]") { return try address(text.trimmingBrackets, names) }
        if text.hasPrefix("{"), text.hasSuffix("}") { return try list(PTXProgram.split(text.dropFirst().dropLast()), names) }
        if text.contains("|") { return try list(text.split(separator: "|").map(String.init), names) }
        if text.hasPrefix("%") {
            let name = text.dropFirst()
            // Special registers have a dot: %tid.x.
            return name.contains(".") ? "ptx::\(name.replacing(".", with: "_"))()" : String(name)
        }
        if text.hasPrefix("0f"), text.count == 10 { return "ptx::single(0x\(text.dropFirst(2)))" }
        if text.hasPrefix("0d"), text.count == 18 { return "ptx::twofold(0x\(text.dropFirst(2)))" }
        if let number = Int64(text) { return "\(number)LL" }
        if let place = names.shared[text] { return "ptx::u64(ptx::kSharedBase + \(place))" }
        throw Unknown(text: text)
    }

    private static func list(_ parts: [String], _ names: Names) throws(Unknown) -> String {
        var expressions: [String] = []
        for part in parts { expressions.append(try expression(part, names)) }
        return "ptx::list(\(expressions.joined(separator: ", ")))"
    }

    /// `%rd1`, `%rd1+8`, `%rd1+-8`, `parameter`, `parameter+4`, `variable`.
    private static func address(_ text: String, _ names: Names) throws(Unknown) -> String {
        let parts = text.split(separator: "+", maxSplits: 1).map(String.init)
        guard let base = parts.first, let offset = parts.count == 1 ? 0 : Int(parts[1]) else { throw Unknown(text: text) }
        if let parameter = names.parameters[base] { return "ptx::parameter(parameters[\(parameter)], \(offset))" }
        return "ptx::at(\(try expression(base, names)), \(offset))"
    }
}

/// Which products go into which sums, where both say nothing of rounding.
private struct Fusions {
    /// Instead of the sum, by its line; and products that are not needed any more.
    private var fused: [Int: PTXProgram.Instruction] = [:]
    private var gone: Set<Int> = []

    init() {}

    /// A product goes into a sum of the same run of instructions if nothing else reads it, and what it multiplies is still there.
    init(_ kernel: PTXProgram.Kernel) {
        var reads: [String: Int] = [:]
        var writes: [String: Int] = [:]
        for case .instruction(let instruction) in kernel.body {
            for operand in instruction.operands.dropFirst() { for name in operand.registerNames { reads[name, default: 0] += 1 } }
            for name in instruction.operands.first?.registerNames ?? [] { writes[name, default: 0] += 1 }
        }
        var products: [String: PTXProgram.Instruction] = [:]
        for statement in kernel.body {
            guard case .instruction(let instruction) = statement, instruction.guardedBy == nil, instruction.name != "bra.uni" else {
                products = [:]
                continue
            }
            let operands = instruction.operands
            if ["add.f32", "sub.f32"].contains(instruction.name) {
                for (place, name) in operands.enumerated().dropFirst() where !gone.contains(products[name]?.line ?? 0) {
                    guard let product = products[name], reads[name] == 1, writes[name] == 1 else { continue }
                    let difference = place == 1 ? "sub" : "from"
                    fused[instruction.line] = PTXProgram.Instruction(
                        line: instruction.line, guardedBy: nil, name: "fused.\(instruction.name == "add.f32" ? "add" : difference).f32",
                        operands: [operands[0], product.operands[1], product.operands[2], operands[3 - place]])
                    gone.insert(product.line)
                    break
                }
            }
            for written in operands.first?.registerNames ?? [] {
                products[written] = nil
                products = products.filter { !$1.operands.contains(written) }
            }
            if instruction.name == "mul.f32" { products[operands[0]] = instruction }
        }
    }

    func instead(of instruction: PTXProgram.Instruction) -> PTXProgram.Instruction? {
        gone.contains(instruction.line) ? nil : fused[instruction.line] ?? instruction
    }
}

extension String {
    fileprivate var trimmingBrackets: String { hasPrefix("[") ? String(dropFirst().dropLast()) : self }
    fileprivate var labelName: String { replacing("$", with: "") }
    /// Registers named in an operand.
    fileprivate var registerNames: [String] {
        split { "{},[]|+".contains($0) }.filter { $0.hasPrefix("%") }.map(String.init)
    }
}

extension Int {
    fileprivate func roundedUp(to multiple: Int) -> Int { (self + multiple - 1) / multiple * multiple }
}
