import Foundation

/// A pattern for paths below the archive: `*`, `?`, `[a-z]`, `[!a-z]`, `{a,b}` within a name, `**` for any folders.
///
/// Letters are told apart by case. A name that begins with `.` is found only by a pattern that does too. Composed and
/// decomposed Unicode spellings of a name are the same.
public struct PathGlob: Sendable, Equatable {
    public let pattern: String
    /// One for each choice of `{…}`.
    private let alternatives: [[Part]]

    private enum Part: Sendable, Equatable {
        /// `**`.
        case anyFolders
        case name(NameGlob)
    }

    /// Alternatives; more are cut off.
    static let mostAlternatives = 256

    public init(_ pattern: String) {
        self.pattern = pattern
        alternatives = Self.expand(pattern.precomposedStringWithCanonicalMapping).map { text in
            text.split(separator: "/").filter { $0 != "." }.map {
                $0 == "**" ? .anyFolders : .name(NameGlob(String($0)))
            }
        }
    }

    /// Places in the alternatives that a walk from the archive's folder may have reached.
    public struct Position: Sendable, Equatable {
        fileprivate var places: Set<Place>
    }

    fileprivate struct Place: Hashable, Sendable {
        var alternative: Int
        var part: Int
    }

    /// The archive's own folder.
    public var start: Position {
        Position(places: closed(Set(alternatives.indices.map { Place(alternative: $0, part: 0) })))
    }

    /// Below a folder; `nil` where nothing below it can match.
    public func entering(_ folder: String, from position: Position) -> Position? {
        let name = Self.characters(of: folder)
        var next: Set<Place> = []
        for place in position.places {
            let parts = alternatives[place.alternative]
            guard place.part < parts.count - 1 || parts.indices.contains(place.part) && parts[place.part] == .anyFolders
            else { continue }
            switch parts[place.part] {
            case .anyFolders where name.first != ".": next.insert(place)
            case .name(let glob) where glob.matches(name):
                next.insert(Place(alternative: place.alternative, part: place.part + 1))
            default: break
            }
        }
        next = closed(next)
        return next.isEmpty ? nil : Position(places: next)
    }

    /// Whether a file of this name, in the folder of `position`, matches.
    public func matches(_ file: String, in position: Position) -> Bool {
        let name = Self.characters(of: file)
        return position.places.contains { place in
            let parts = alternatives[place.alternative]
            guard place.part == parts.count - 1 else { return false }
            switch parts[place.part] {
            case .anyFolders: return name.first != "."
            case .name(let glob): return glob.matches(name)
            }
        }
    }

    /// Whether a path below the archive matches.
    public func matches(_ path: String) -> Bool {
        let names = path.split(separator: "/").map(String.init)
        guard let file = names.last else { return false }
        var position = start
        for folder in names.dropLast() {
            guard let next = entering(folder, from: position) else { return false }
            position = next
        }
        return matches(file, in: position)
    }

    /// `**` stands for no folder too, so what follows it is reached at once.
    private func closed(_ places: Set<Place>) -> Set<Place> {
        var result = places
        for place in places {
            let parts = alternatives[place.alternative]
            var part = place.part
            while part < parts.count - 1, parts[part] == .anyFolders {
                part += 1
                result.insert(Place(alternative: place.alternative, part: part))
            }
        }
        return result
    }

    private static func characters(of name: String) -> [Unicode.Scalar] {
        Array((name.utf8.allSatisfy { $0 < 0x80 } ? name : name.precomposedStringWithCanonicalMapping).unicodeScalars)
    }

    /// Writes out `{a,b}`, innermost choices last; brackets that are not closed stand for themselves.
    static func expand(_ pattern: String) -> [String] {
        var done: [String] = []
        var open = [pattern]
        while let text = open.popLast() {
            guard let (before, choices, after) = firstChoice(in: text) else {
                done.append(text)
                if done.count == mostAlternatives { break }
                continue
            }
            open += choices.reversed().map { before + $0 + after }
            if open.count + done.count > mostAlternatives {
                open.removeFirst(open.count + done.count - mostAlternatives)
            }
        }
        return done
    }

    private static func firstChoice(in text: String) -> (before: String, choices: [String], after: String)? {
        guard let start = text.firstIndex(of: "{") else { return nil }
        var depth = 0
        var choices: [String] = []
        var choice = ""
        for index in text[start...].indices {
            let character = text[index]
            if character == "{" {
                depth += 1
                if depth == 1 { continue }
            } else if character == "}" {
                depth -= 1
                if depth == 0 {
                    return (String(text[..<start]), choices + [choice], String(text[text.index(after: index)...]))
                }
            } else if character == ",", depth == 1 {
                choices.append(choice)
                choice = ""
                continue
            }
            choice.append(character)
        }
        return nil
    }
}
