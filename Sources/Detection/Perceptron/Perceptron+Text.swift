extension Perceptron {
    /// Reads weights as the trainings write them.
    ///
    /// ```
    /// # card
    /// sizes 29 48 24 5
    /// mean …            29 numbers, over as many lines as they need
    /// scale …           29 numbers
    /// weights …         29 × 48 numbers, those of the first output first
    /// context …         58 × 48 numbers, where the layer sees its group
    /// biases …          48 numbers
    /// weights …         and so on for each layer
    /// kinds             where the caller has groups, and kinds of them were learnt
    /// citrus …          48 + 24 numbers, for the biases of all layers but the last
    /// ```
    ///
    /// - Parameters:
    ///   - inputs: features that the caller has.
    ///   - outputs: classes that the caller knows.
    ///   - seesGroups: whether the caller has groups of inputs, so that layers may have a context.
    ///   - training: the script that writes such a file.
    /// - Throws: ``PlantModelFault`` with the line of the first thing that is wrong.
    init(text: String, inputs: Int, outputs: Int, seesGroups: Bool = false, training: String) throws(PlantModelFault) {
        var reader = try Reader(text: text, training: training)
        let sizes = try reader.sizes()
        guard sizes.count >= 2, sizes.first == inputs, sizes.last == outputs,
            sizes.allSatisfy({ (1...256).contains($0) })
        else {
            throw reader.fault(
                "the sizes of the layers are \(sizes.map(String.init).joined(separator: " "))",
                "they run from \(inputs) features to \(outputs) classes")
        }
        mean = try reader.numbers("mean", inputs)
        scale = try reader.numbers("scale", inputs)
        var layers: [Layer] = []
        for (inputs, outputs) in zip(sizes, sizes.dropFirst()) {
            let weights = try reader.numbers("weights", inputs * outputs)
            let context =
                seesGroups && reader.comes("context") ? try reader.numbers("context", 2 * inputs * outputs) : []
            let biases = try reader.numbers("biases", outputs)
            layers.append(
                Layer(inputs: inputs, outputs: outputs, weights: weights, biases: biases, context: context))
        }
        self.layers = layers
        if seesGroups, reader.comes("kinds") {
            _ = try reader.numbers("kinds", 0)
            kinds = try reader.kinds(layers.dropLast().reduce(0) { $0 + $1.outputs })
        }
        try reader.end()
    }

    /// The groups of a file of weights in turn: a word, then numbers.
    private struct Reader {
        private var groups: [(word: Substring, numbers: [Float], line: Int)] = []
        private var next = 0

        private let remedy: String

        init(text: String, training: String) throws(PlantModelFault) {
            remedy = "run \(training) again, or take the file of this version"
            let bytes = Array(text.utf8)
            var line = 1, at = 0
            while at < bytes.count {
                switch bytes[at] {
                case UInt8(ascii: "\n"):
                    line += 1
                    at += 1
                case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): at += 1
                case UInt8(ascii: "#"): at = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                default:
                    let start = at
                    while at < bytes.count, !Self.ends(bytes[at]) { at += 1 }
                    try take(bytes[start..<at], line: line)
                }
            }
        }

        /// Whether a word ends before this byte.
        private static func ends(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
                || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "#")
        }

        private mutating func take(_ bytes: ArraySlice<UInt8>, line: Int) throws(PlantModelFault) {
            if !groups.isEmpty, let number = WeightText.number(bytes) {
                return groups[groups.count - 1].numbers.append(number)
            }
            let word = Substring(decoding: bytes, as: UTF8.self)
            guard let number = Float(word) else { return groups.append((word, [], line)) }
            guard number.isFinite, !groups.isEmpty else {
                throw PlantModelFault(line: line, message: "\"\(word)\" is no weight", remedy: remedy)
            }
            groups[groups.count - 1].numbers.append(number)
        }

        func fault(_ message: String, _ remedy: String? = nil) -> PlantModelFault {
            let line = groups.isEmpty ? 1 : groups[min(max(next - 1, 0), groups.count - 1)].line
            return PlantModelFault(line: line, message: message, remedy: remedy ?? self.remedy)
        }

        mutating func sizes() throws(PlantModelFault) -> [Int] {
            let given = try group("sizes")
            let found = given.compactMap { Int(exactly: $0) }
            guard found.count == given.count else { throw fault("\"sizes\" are not whole numbers") }
            return found
        }

        /// Whether the next group is of this word.
        func comes(_ word: Substring) -> Bool { next < groups.count && groups[next].word == word }

        mutating func numbers(_ word: String, _ count: Int) throws(PlantModelFault) -> [Float] {
            let found = try group(word)
            guard found.count == count else { throw fault("\"\(word)\" has \(found.count) numbers, not \(count)") }
            return found
        }

        /// What is left: a name, then `count` numbers, for each kind.
        mutating func kinds(_ count: Int) throws(PlantModelFault) -> [String: [Float]] {
            var found: [String: [Float]] = [:]
            while next < groups.count {
                let word = String(groups[next].word), values = try numbers(word, count)
                guard found.updateValue(values, forKey: word) == nil else {
                    throw fault("\"\(word)\" stands there twice")
                }
            }
            return found
        }

        private mutating func group(_ word: String) throws(PlantModelFault) -> [Float] {
            guard next < groups.count else { throw fault("the file ends before \"\(word)\"") }
            next += 1
            guard groups[next - 1].word == word else {
                throw fault("\"\(groups[next - 1].word)\" stands where \"\(word)\" is expected")
            }
            return groups[next - 1].numbers
        }

        func end() throws(PlantModelFault) {
            guard next < groups.count else { return }
            throw PlantModelFault(
                line: groups[next].line, message: "\"\(groups[next].word)\" follows the last layer",
                remedy: remedy)
        }
    }
}
