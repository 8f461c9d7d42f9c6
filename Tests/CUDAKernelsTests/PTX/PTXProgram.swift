/// A PTX text, taken apart into kernels and their instructions. Knows the form of the text, and of no instruction what it does.
///
/// It takes what `Scripts/cuda-ptx` writes: one statement a line, without comments.
struct PTXProgram {
    /// A variable in shared memory that is there from the start of a block.
    struct Shared {
        let name: String
        let bytes: Int
        let alignment: Int
    }

    struct Parameter {
        let name: String
        let bytes: Int
    }

    struct Registers {
        let type: String
        let prefix: String
        let count: Int
    }

    enum Statement {
        case label(String)
        case instruction(Instruction)
    }

    struct Instruction {
        /// The line of the text, from 1.
        let line: Int
        /// The predicate that decides whether it acts, with `!` before it if by being false.
        let guardedBy: String?
        /// With all its suffixes, such as `mul.wide.u32`.
        let name: String
        let operands: [String]
    }

    struct Kernel {
        let name: String
        var parameters: [Parameter] = []
        /// The most threads that a block may have.
        var threads = 0
        var registers: [Registers] = []
        var shared: [Shared] = []
        var body: [Statement] = []
    }

    struct Unreadable: Error, CustomStringConvertible {
        let line: Int
        let text: String
        var description: String { "line \(line) of the PTX is not understood: \(text)" }
    }

    struct Barrier {
        let kernel: String
        let line: Int
    }

    private(set) var kernels: [Kernel] = []
    /// Variables that any kernel may use.
    private(set) var shared: [Shared] = []
    /// Names of the shared memory whose size the launch gives.
    private(set) var dynamic: [String] = []

    /// All barriers, of blocks and of warps.
    var barriers: [Barrier] {
        kernels.flatMap { kernel in
            kernel.body.compactMap { statement in
                guard case .instruction(let instruction) = statement, instruction.name.hasPrefix("bar.") else { return nil }
                return Barrier(kernel: kernel.name, line: instruction.line)
            }
        }
    }

    init(_ text: String) throws(Unreadable) {
        var inParameters = false
        var inBody = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let unreadable = Unreadable(line: index + 1, text: String(line))
            let words = line.split { " \t,;".contains($0) }.map(String.init)
            guard let first = words.first, !first.hasPrefix("//") else { continue }
            switch first {
            case ".version", ".target", ".address_size", ".pragma", ".minnctapersm": continue
            case ".visible":
                guard words.count == 3, words[1] == ".entry", words[2].hasSuffix("(") else { throw unreadable }
                kernels.append(Kernel(name: String(words[2].dropLast())))
                inParameters = true
            case ")": inParameters = false
            case "{": inBody = true
            case "}": inBody = false
            case ".extern":
                guard let name = words.last, name.hasSuffix("[]") else { throw unreadable }
                dynamic.append(String(name.dropLast(2)))
            case ".shared":
                guard let variable = Self.variable(words) else { throw unreadable }
                if inBody { kernels[kernels.count - 1].shared.append(variable) } else { shared.append(variable) }
            case ".param" where inParameters:
                guard let variable = Self.variable(words) else { throw unreadable }
                kernels[kernels.count - 1].parameters.append(Parameter(name: variable.name, bytes: variable.bytes))
            case ".maxntid":
                guard words.count == 4, let threads = Int(words[1]), words[2...] == ["1", "1"] else { throw unreadable }
                kernels[kernels.count - 1].threads = threads
            case ".reg" where inBody:
                guard let registers = Self.registers(words) else { throw unreadable }
                kernels[kernels.count - 1].registers.append(registers)
            default:
                guard inBody, let statement = Self.statement(String(line), index + 1) else { throw unreadable }
                kernels[kernels.count - 1].body.append(statement)
            }
        }
    }

    /// `.shared .align 16 .b8 name[8320]`, `.param .u64 name` …
    private static func variable(_ words: [String]) -> Shared? {
        var words = words[1...]
        var alignment: Int?
        if words.first == ".align" {
            alignment = words.dropFirst().first.flatMap { Int($0) }
            words = words.dropFirst(2)
        }
        guard words.count == 2, let type = words.first, let name = words.last, let size = bytes[type] else { return nil }
        let parts = name.split(separator: "[")
        guard parts.count == 2 else { return Shared(name: name, bytes: size, alignment: alignment ?? size) }
        return Int(parts[1].dropLast()).map { Shared(name: String(parts[0]), bytes: $0 * size, alignment: alignment ?? size) }
    }

    private static let bytes = [".b8": 1, ".u16": 2, ".u32": 4, ".f32": 4, ".u64": 8]

    /// `.reg .b32 %r<88>`
    private static func registers(_ words: [String]) -> Registers? {
        guard words.count == 3, words[1].hasPrefix("."), words[2].hasPrefix("%"), words[2].hasSuffix(">") else { return nil }
        let parts = words[2].dropFirst().dropLast().split(separator: "<")
        guard parts.count == 2, let count = Int(parts[1]) else { return nil }
        return Registers(type: String(words[1].dropFirst()), prefix: String(parts[0]), count: count)
    }

    private static func statement(_ text: String, _ line: Int) -> Statement? {
        if text.hasPrefix("$"), text.hasSuffix(":") { return .label(String(text.dropLast())) }
        guard text.hasSuffix(";") else { return nil }
        var rest = text.dropLast()
        var guardedBy: String?
        if rest.hasPrefix("@") {
            guard let space = rest.firstIndex(of: " ") else { return nil }
            guardedBy = String(rest[rest.index(after: rest.startIndex)..<space])
            rest = rest[rest.index(after: space)...]
        }
        let name = rest.prefix { !" \t".contains($0) }
        guard let start = name.first, start.isLetter else { return nil }
        let operands = split(rest.dropFirst(name.count))
        return .instruction(Instruction(line: line, guardedBy: guardedBy, name: String(name), operands: operands))
    }

    /// What commas divide, but for those in braces.
    static func split(_ text: Substring) -> [String] {
        var parts = [""]
        var depth = 0
        for character in text where !" \t".contains(character) {
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts == [""] ? [] : parts
    }
}
