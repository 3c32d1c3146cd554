import Foundation

/// Pairs of pictures named in a CSV: `household,before,after`, paths relative to the file.
enum PairList {
    struct Pair {
        var household: String
        var before: String
        var after: String
    }

    static func read(_ path: String) throws -> [Pair] {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw Problem(
                zh: "\(path)：没有这个文件，或不是 UTF-8 编码", en: "\(path): there is no such file, or it is not UTF-8",
                status: .usage)
        }
        let folder = (path as NSString).deletingLastPathComponent
        func whole(_ name: String) -> String {
            name.hasPrefix("/") || folder.isEmpty ? name : folder + "/" + name
        }
        var pairs: [Pair] = []
        let lines = text.replacing("\u{FEFF}", with: "").split(whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            if number == 0, cells.first == "household" { continue }
            guard cells.count == 3, cells.allSatisfy({ !$0.isEmpty }) else {
                throw Problem(
                    zh: "\(path) 第 \(number + 1) 行：请写 农户,前,后；什么也没有改动",
                    en: "\(path), line \(number + 1): write household,before,after; nothing was changed",
                    status: .usage)
            }
            pairs.append(Pair(household: cells[0], before: whole(cells[1]), after: whole(cells[2])))
        }
        guard !pairs.isEmpty else { throw Problem(zh: "\(path) 里一对照片也没有", en: "\(path) names no pair", status: .usage) }
        return pairs
    }
}
