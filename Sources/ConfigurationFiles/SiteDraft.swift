import Foundation
import Village

/// A camera that was found in a folder of pictures.
public struct FoundCamera: Sendable, Equatable {
    public var id: String
    /// A glob below the archive.
    public var files: String
    /// Archive-relative path of one of its pictures.
    public var sample: String?
    /// Of the sample, in pixels.
    public var width: Int
    public var height: Int
    /// How the time of its pictures was found.
    public var timeRule: Bilingual?
    public var pictureCount: Int
    public var first: Date?
    public var last: Date?

    public init(
        id: String, files: String, sample: String?, width: Int, height: Int, timeRule: Bilingual?, pictureCount: Int,
        first: Date?, last: Date?
    ) {
        self.id = id
        self.files = files
        self.sample = sample
        self.width = width
        self.height = height
        self.timeRule = timeRule
        self.pictureCount = pictureCount
        self.first = first
        self.last = last
    }
}

/// A commented `site.yaml` to start from: one placeholder plot in the middle of each camera's picture.
public struct SiteDraft: Sendable {
    public var id: String
    public var name: String?
    public var timeZone: String
    /// Relative to the file that is written.
    public var archive: String
    public var cameras: [FoundCamera]
    /// The crops that there are files for, as the comment lists them: `citrus 柑橘, plum 李`.
    public var crops: String

    public init(
        id: String, name: String? = nil, timeZone: String, archive: String, cameras: [FoundCamera], crops: String = ""
    ) {
        self.id = id
        self.name = name
        self.timeZone = timeZone
        self.archive = archive
        self.cameras = cameras
        self.crops = crops
    }

    /// The file's text. It is valid where the archive and the samples exist and there is at least one camera.
    public func text() -> String {
        var lines = head()
        lines.append("cameras:                         # 摄像头 · cameras")
        let ids = Self.identifiers(for: cameras)
        for (camera, id) in zip(cameras, ids) { lines += self.camera(camera, id: id) }
        lines += plotComments()
        lines.append(cameras.isEmpty ? "plots: []" : "plots:")
        for (index, (camera, id)) in zip(cameras, ids).enumerated() { lines += plot(camera, id: id, number: index + 1) }
        lines += tail()
        return lines.joined(separator: "\n") + "\n"
    }

    private func head() -> [String] {
        [
            "# 村庄文件：请按注释修改，然后运行 plotwatch check · The site file: edit it by its comments, then run plotwatch check",
            "# 冒号、逗号、引号都用英文半角 · Use plain ASCII colons, commas and quotes",
            "site: \(Self.identifier(from: id, fallback: "site"))",
            "name: \(Self.quoted(name ?? id))",
            "language: zh                     # 报告语言：zh 中文，en 英文 · language of reports: zh or en",
            "timezone: \(Self.quoted(timeZone))        # 摄像头时钟的时区 · the time zone of the cameras' clock",
            "# location: {latitude: 28.84, longitude: 108.77, elevation: 520}   # 纬度、经度、海拔（米）· degrees and metres",
            "archive: \(Self.quoted(archive))",
            "store: plotwatch.sqlite          # 结果数据库 · the results",
            "# weather: weather.csv           # 每天的气温和雨量，可不要 · daily weather, optional: date,tmin,tmax,tmean,rain",
            "# models: models                 # 本县自己的作物规则，可不要 · the county's own crop rules, optional",
            "",
        ]
    }

    private func camera(_ camera: FoundCamera, id: String) -> [String] {
        var lines = ["  - id: \(id)"]
        lines.append("    name: \(Self.quoted(camera.id))                # 改成大家叫得出的地名 · a name that people know")
        lines.append("    files: \(Self.quoted(camera.files))")
        var seen = "    # 找到 \(camera.pictureCount) 张 · found \(camera.pictureCount) pictures"
        if let clock = SiteClock(timeZone: timeZone), let first = camera.first, let last = camera.last {
            seen += "，\(clock.iso8601(first)) … \(clock.iso8601(last))"
        }
        lines.append(seen)
        let rule = camera.timeRule ?? Bilingual(zh: "没有找到时间", en: "no time found")
        lines.append(
            "    timestamp: auto              # 拍摄时间：\(Self.comment(rule.zh)) · time: \(Self.comment(rule.en))")
        if let sample = camera.sample {
            lines.append("    reference: \(Self.quoted(sample))")
            lines.append(
                "    # ↑ 地块在这张图上画 · plots are drawn on this picture: \(camera.width)×\(camera.height)"
            )
        }
        lines.append(
            "    # ignore: [[0,0, 480,0, 480,40, 0,40]]    # 不看的区域，如时间水印、天空 · never counted: clock overlay, sky")
        lines.append(
            "    # ground: [{pixel: [102,430], metres: [0,0]}, …]    # 至少 4 点，用于换算平方米 · 4 or more points give m²")
        return lines
    }

    private func plotComments() -> [String] {
        [
            "",
            "# 地块：多边形用像素坐标，原点在左上角 · plots: polygons in pixels, origin top left",
            "# kind: orchard 果园 | field 田地 | poultry 鸡场 | livestock 畜栏 | building 房屋 | yard 院子 | room 房间",
            "#       fruit 分选台上的果子，再写 grades: generic 和 marker: 'square:40'（或 pixelsPerMillimetre: 3.2）· fruit on a sorting table or belt",
            "# crop: \(crops.isEmpty ? "citrus" : crops) – 没有可不写 · may be left out",
        ]
    }

    private func plot(_ camera: FoundCamera, id: String, number: Int) -> [String] {
        let width = max(camera.width, 8), height = max(camera.height, 8)
        let (left, right, top, bottom) = (width / 4, width - width / 4, height / 4, height - height / 4)
        return [
            "  - id: p\(number)",
            "    camera: \(id)",
            "    kind: yard                   # 请改 · change this",
            "    # household: h01",
            "    # ↓ 占位：画面中部 · placeholder: the middle of the picture",
            "    polygon: [\(left),\(top), \(right),\(top), \(right),\(bottom), \(left),\(bottom)]",
        ]
    }

    private func tail() -> [String] {
        [
            "",
            "# 建房许可：有许可的不报警 · permits: what is permitted is not flagged as unauthorized",
            "# permits:",
            "#   - {plot: p1, number: 乡字第2024-017号, from: 2024-05-01, until: 2024-12-31}",
            "# 农户 · households",
            "# households:",
            "#   - {id: h01, name: 1号户, village: 平地坝村, group: 3}",
            "# 无人机巡查：每次飞行一个文件夹，按名字排先后 · patrols: one folder a flight, in order of their names",
            "# patrols:",
            "#   - {id: north, folder: flights, plots: plots.geojson}",
            "# 打扫前后的对比照：每户一个文件夹 · photographs before and after a clean-up, one folder a household: cleanup/h01/…",
            "# pairs: {folder: cleanup}",
            "# 消息：不写就什么都不外发；密钥不写在这里 · messages: without this nothing is sent; secrets stay elsewhere",
            "# messages:",
            "#   channels:",
            "#     - {id: town, kind: dingtalk, address: 'env:PLOTWATCH_ROBOT', quiet: {from: '21:00', until: '07:30'}}",
            "#     - {id: files, kind: files, folder: outbox}",
            "#     - {id: mail, kind: smtp, server: 'smtps://smtp.example.org', from: a@example.org, to: [b@example.org],",
            "#        secret: 'file:mail.password'}",
        ]
    }

    /// Ids as the loader accepts them, each once.
    static func identifiers(for cameras: [FoundCamera]) -> [String] {
        var used: Set<String> = []
        return cameras.enumerated().map { index, camera in
            let base = identifier(from: camera.id, fallback: "cam\(index + 1)")
            var id = base
            var number = 2
            while !used.insert(id).inserted {
                id = "\(base.prefix(Node.longestIdentifier - 6))_\(number)"
                number += 1
            }
            return id
        }
    }

    /// 鱼塘 becomes `yu_tang`.
    private static func identifier(from text: String, fallback: String) -> String {
        let latin = text.applyingTransform(.toLatin, reverse: false)?.applyingTransform(
            .stripDiacritics, reverse: false)
        let plain = (latin ?? text).unicodeScalars.map { scalar -> Character in
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_")
            return isPlain ? Character(scalar) : "_"
        }
        let trimmed = String(plain.prefix(Node.longestIdentifier))
        return trimmed.contains { $0 != "_" && $0 != "-" } ? trimmed : fallback
    }

    /// A double-quoted YAML text.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F || (0x80...0x9F).contains(scalar.value) {
                    result += String(format: "\\x%02X", scalar.value)
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// Text that stays on its line.
    private static func comment(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
