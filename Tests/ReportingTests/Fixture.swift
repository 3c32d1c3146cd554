import Foundation
import Village

@testable import Reporting

/// A village with two cameras, seven plots, three flags and four cards, the same in every run.
enum Fixture {
    /// The least JPEG that has a beginning and an end, and the PNG signature.
    static let jpeg = Picture(bytes: [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x02, 0xFF, 0xD9], width: 640, height: 480)
    static let png = Picture(bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], width: 640, height: 480)

    static let clock = SiteClock(timeZone: "Asia/Shanghai")!
    static let period = DayRange(from: Day(year: 2024, month: 1, day: 1), until: Day(year: 2024, month: 6, day: 30))

    static func at(_ day: String, _ hour: Int = 12, _ minute: Int = 0) -> Date {
        clock.instant(day: Day(day)!, hour: hour, minute: minute, second: 0)!
    }

    static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Outline {
        [.init(x, y), .init(x + width, y + 12), .init(x + width + 18, y + height), .init(x - 10, y + height - 8)]
    }

    static func site(language: Language = .zh) -> Site {
        Site(
            id: "daxi", name: "大溪镇", language: language, timeZone: "Asia/Shanghai",
            location: Location(latitude: 28.84, longitude: 108.77, elevation: 520), folder: "/site",
            archive: "/site/archive",
            store: "/site/plotwatch.sqlite",
            cameras: [
                Camera(
                    id: "cam_orchard", name: "后山果园", files: "cam_orchard/**/*.jpg", timestamp: .automatic,
                    reference: nil, ignore: [],
                    ground: []),
                Camera(
                    id: "cam_street", name: "集镇老街", files: "cam_street/**/*.jpg", timestamp: .automatic, reference: nil,
                    ignore: [],
                    ground: (0..<4).map { .init(pixel: .init(Double($0), 0), metres: .init(0, Double($0))) }),
            ],
            plots: plots, permits: [.init(plot: "b3", number: "乡字第2024-017号", valid: period, polygon: nil)],
            households: [
                .init(id: "h01", name: "冉家", village: "平地坝村", group: "3"),
                .init(id: "h02", name: "陈家", village: "平地坝村", group: "1"),
                .init(id: "h03", name: nil, village: "大溪社区", group: nil),
            ])
    }

    static let plots: [Plot] = [
        plot("p1", "cam_orchard", .orchard, "citrus", "h01", box(90, 420, 380, 200)),
        plot("p2", "cam_orchard", .orchard, "plum", "h02", box(520, 400, 330, 190)),
        plot("p3", "cam_orchard", .orchard, "kiwifruit", "h02", box(890, 420, 330, 210)),
        plot("p4", "cam_orchard", .field, nil, "h01", box(240, 670, 520, 200)),
        plot("b1", "cam_street", .building, nil, "h03", box(60, 120, 220, 190)),
        plot("b2", "cam_street", .yard, nil, "h03", box(330, 250, 200, 200)),
        plot("b3", "cam_street", .building, nil, nil, box(560, 110, 150, 170)),
    ]

    private static func plot(
        _ id: String, _ camera: String, _ kind: Plot.Kind, _ crop: String?, _ household: String?, _ outline: Outline
    )
        -> Plot
    {
        Plot(
            id: id, camera: camera, kind: kind, crop: crop, household: household, shape: .polygon(outline),
            valid: DayRange())
    }

    /// A season with spring rise, noise, a fortnight without pictures and, for one plot, yellowing from May on.
    static func season(_ year: Int, seed: Int, sick: Bool = false) -> [DailyValues] {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func noise() -> Double {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Double(state % 10_000) / 10_000 - 0.5
        }
        let first = Day(year: year, month: 1, day: 1)!
        return (0..<182).compactMap { index in
            let jitter = noise(), isLost = noise() > 0.38
            if (60..<74).contains(index) || isLost { return nil }
            let rise = 1 / (1 + exp(-(Double(index) - 85 - Double(seed % 5) * 3) / 9))
            let decline = sick && index > 130 ? Double(index - 130) * 0.0012 : 0
            return DailyValues(
                day: first + index,
                values: [
                    .gcc: 0.335 + 0.085 * rise - decline + jitter * 0.012,
                    .vegetationCover: 0.25 + 0.6 * rise - decline * 3 + jitter * 0.05,
                ], capture: "cam_orchard/\(first + index).jpg")
        }
    }

    /// What the sick plot should have measured.
    static let band: [PlotSummary.Band] = season(2024, seed: 5).map {
        let middle = $0.values[.gcc] ?? 0
        return .init(day: $0.day, low: middle - 0.012, high: middle + 0.012)
    }

    static func moments(_ picture: (String) -> Picture) -> [PlotSummary.Moment] {
        [
            .init(
                day: Day("2024-05-28")!, title: .init(zh: "开始变黄", en: "Yellowing"), picture: picture("thumb1"),
                capture: "cam_orchard/2024-05-28.jpg"),
            .init(day: Day("2024-03-24")!, title: .init(zh: "展叶", en: "Leaf out"), picture: picture("thumb2")),
            .init(day: Day("2024-04-20")!, title: .init(zh: "叶满", en: "Full leaf"), picture: nil),
        ]
    }

    static let flags: [Flag] = [
        flag(
            "f-2024-001", plot: "b2", stage: .walls, status: .unauthorized, first: "2024-04-03", last: "2024-06-29",
            confidence: 0.93,
            box: [352, 300, 150, 110], area: 46.4, zh: "院坝里新砌砖墙，已连续 9 天、17 张照片看到；登记中没有许可。",
            en: "New brick walls in the yard, seen on 17 pictures over 9 days; no permit on file.",
            stages: [(.material, "2024-04-03"), (.foundation, "2024-04-11"), (.walls, "2024-04-19")]),
        flag(
            "f-2024-002", plot: "p4", stage: .clearing, status: .unclear, first: "2024-06-12", last: "2024-06-28",
            confidence: 0.61,
            box: [420, 720, 190, 90], area: nil, zh: "田地中间一块变成裸土，边缘平直；也可能是翻耕或铺膜。",
            en: "A patch of the field has turned to bare soil with straight edges; it may be ploughing or mulch film.",
            stages: [(.clearing, "2024-06-12")]),
        flag(
            "f-2024-003", plot: "b3", stage: .roof, status: .permitted, first: "2024-05-06", last: "2024-06-29",
            confidence: 0.97,
            box: [575, 140, 120, 120], area: 118, zh: "屋顶已盖，许可证覆盖此处。", en: "Roof on; a permit covers the place.",
            stages: [(.walls, "2024-05-06"), (.roof, "2024-05-30")]),
    ]

    private static func flag(
        _ id: String, plot: String, stage: Flag.Stage, status: Flag.Status, first: String, last: String,
        confidence: Double, box: [Int],
        area: Double?, zh: String, en: String, stages: [(Flag.Stage, String)]
    ) -> Flag {
        let source = plots.first { $0.id == plot }!
        return Flag(
            id: id, plot: plot, neighbours: plot == "b2" ? ["b1"] : [], camera: source.camera,
            household: source.household,
            kind: .construction, stage: stage, status: status, permit: status == .permitted ? "乡字第2024-017号" : nil,
            firstSeen: at(first, 7, 30), lastSeen: at(last, 17), confirmedAt: at(last, 18), box: box,
            polygon: Fixture.box(Double(box[0]), Double(box[1]), Double(box[2]), Double(box[3])),
            areaInPixels: box[2] * box[3],
            areaInSquareMetres: area, confidence: confidence,
            evidence: .init(
                before: "\(source.camera)/before.jpg", after: "\(source.camera)/after.jpg", mask: "evidence/\(id).png"),
            explanation: .init(zh: zh, en: en), stages: stages.map { .init(stage: $0.0, at: at($0.1)) })
    }

    static let advice: [Advice] = [
        card(
            "a1", "p3", "h02", .anomaly, "2024-05-28", ("叶色变黄", "Leaves are turning yellow"),
            (
                "绿度 16 天里从 0.42 降到 0.37，同一摄像头的其他地块没有变化。",
                "Greenness fell from 0.42 to 0.37 in 16 days; other plots of the camera did not."
            ),
            (
                "到地里看一看叶片和根部，有积水先排水，拿叶片找农技员。",
                "Look at leaves and roots; drain standing water; show leaves to an adviser."
            ), 0.82,
            "方毅等 2021, doi:10.3969/j.issn.0517-6611.2021.10.038", false, "cam_orchard/2024-05-28.jpg"),
        card(
            "a2", "p2", "h02", .work, "2024-06-10", ("空心李快到采收期", "Plums are nearly ready"),
            ("果色占地块 6 %，比 10 天前多 4 个百分点。", "Ripe colour covers 6 % of the plot, 4 points more than 10 days ago."),
            ("尝一尝，联系收购，分批采：熟了放不住。", "Taste, call the buyer, pick in turns: ripe fruit does not keep."), 0.74,
            "https://example.org/rules?plum&x=1", true, "cam_orchard/2024-06-10.jpg"),
        card(
            "a3", "p1", "h01", .event, "2024-04-22", ("柑橘盛花", "Citrus in full bloom"),
            ("花占地块 9 %，是今年最高。", "Blossom covers 9 % of the plot, this year's most."),
            ("这几天不打药，护好蜜蜂。", "Do not spray these days; spare the bees."), 0.68, "BBCH 柑橘 Agustí 1995", true, nil),
        card(
            "a4", "p4", nil, .work, "2024-06-20", ("行间草多了", "Weeds between the rows"),
            ("行间覆盖从 20 % 升到 55 %。", "Cover between rows rose from 20 % to 55 %."),
            ("割草覆盖，留草不留高。", "Mow and leave the cuttings."), 0.55, "县农技站 2023", false, nil),
    ]

    private static func card(
        _ id: String, _ plot: String, _ household: String?, _ kind: Advice.Kind, _ day: String,
        _ title: (String, String),
        _ seen: (String, String), _ action: (String, String), _ confidence: Double, _ source: String, _ confirmed: Bool,
        _ capture: String?
    ) -> Advice {
        let crop = plots.first { $0.id == plot }?.crop
        return Advice(
            id: id, plot: plot, household: household, camera: "cam_orchard", crop: crop, kind: kind, at: at(day),
            bbch: kind == .event ? "65" : nil, title: .init(zh: title.0, en: title.1),
            seen: .init(zh: seen.0, en: seen.1),
            action: .init(zh: action.0, en: action.1), confidence: confidence, source: source,
            rule: kind == .event ? nil : "\(crop ?? "generic")/\(kind.rawValue)", confirmedLocally: confirmed,
            capture: capture)
    }

    static let unusable: [Capture] =
        (0..<31).map {
            Capture(
                camera: "cam_orchard", path: "cam_orchard/2024/03/fog_\($0).jpg",
                at: at("2024-03-01") + Double($0) * 21_600, timeSource: .name,
                quality: .fog, reason: "contrast 0.04, least 0.10")
        } + [
            Capture(
                camera: "cam_street", path: "cam_street/half.jpg", at: at("2024-05-02"), quality: .truncated,
                reason: "ends at byte 4102"),
            Capture(camera: "cam_street", path: "cam_street/空.jpg", quality: .corrupt, reason: "the file is empty"),
            Capture(camera: "cam_street", path: "cam_street/1970.jpg", at: at("2024-05-03"), quality: .wrongClock),
        ]

    static func contents(language: Language = .zh, picture: (String) -> Picture = { $0.hasPrefix("mask") ? png : jpeg })
        -> ReportContents
    {
        let site = site(language: language)
        let names: [String: Bilingual] = [
            "citrus": .init(zh: "柑橘", en: "citrus"), "plum": .init(zh: "空心李", en: "plum"),
            "kiwifruit": .init(zh: "猕猴桃", en: "kiwifruit"),
        ]
        let states: [String: PlotSummary.State] = [
            "p2": .init(level: .attention, text: .init(zh: "果实转色，采收期临近。", en: "Fruit is colouring; harvest is near.")),
            "p3": .init(
                level: .attention,
                text: .init(zh: "5月中旬起变黄，邻近地块正常。", en: "Yellowing since mid May; neighbours are fine.")),
            "b2": .init(level: .action, text: .init(zh: "有一处未见许可的砌墙。", en: "Walls without a permit on file.")),
            "b1": .init(level: .unknown, text: .init(zh: "被树遮住，看不清。", en: "Hidden by a tree.")),
        ]
        let normal = PlotSummary.State(level: .normal, text: .init(zh: "长势与往年相近。", en: "Much as in other years."))
        return ReportContents(
            site: site, period: period, generatedAt: at("2024-07-01", 6, 5), toolVersion: "1.0.0", kernels: "v3",
            parameters: [.init(name: .init(zh: "线索成立所需天数", en: "Days to confirm a lead"), value: "3")],
            cameras: [
                CameraSummary(
                    camera: site.cameras[0], captures: [.ok: 318, .fog: 31, .dark: 8], first: at("2024-01-01", 7),
                    last: at("2024-06-30", 17),
                    usableDays: 158, frameWidth: 1296, frameHeight: 960, reference: picture("orchard"),
                    notes: [
                        .init(
                            kind: .moved, text: .init(zh: "镜头偏了 6 像素，已自动跟正。", en: "Nudged by 6 pixels; followed."),
                            since: at("2024-02-11"),
                            isProblem: false)
                    ]),
                CameraSummary(
                    camera: site.cameras[1], captures: [.ok: 340, .truncated: 1, .corrupt: 1, .wrongClock: 1],
                    first: at("2024-01-01", 7),
                    last: at("2024-06-26", 17), usableDays: 176, frameWidth: 768, frameHeight: 576,
                    reference: picture("street"),
                    notes: [
                        .init(
                            kind: .silent, text: .init(zh: "4 天没有新照片。", en: "No new picture for 4 days."),
                            since: at("2024-06-26"))
                    ]),
            ],
            plots: plots.enumerated().map { index, plot in
                guard case .polygon(let outline) = plot.shape else { preconditionFailure() }
                return PlotSummary(
                    plot: plot, cropName: plot.crop.flatMap { names[$0] },
                    series: plot.id == "b1" ? [] : season(2024, seed: index + 3, sick: plot.id == "p3"),
                    lastYear: index < 3 ? season(2023, seed: index + 40) : [],
                    expectedGCC: plot.id == "p3" ? band : [], moments: plot.id == "p3" ? moments(picture) : [],
                    state: states[plot.id] ?? normal,
                    outline: outline,
                    ground: plot.camera == "cam_street"
                        ? [.init(0, 0), .init(8.25, 0), .init(8.25, 6), .init(0, 6)] : nil,
                    areaInSquareMetres: plot.camera == "cam_street" ? 49.5 : nil)
            },
            flags: flags.map { flag in
                var shown = FlagPictures(
                    flag: flag, before: picture("before-\(flag.id)"), after: picture("after-\(flag.id)"),
                    mask: picture("mask-\(flag.id)"),
                    beforeCapture: Capture(
                        camera: flag.camera, path: "\(flag.camera)/before.jpg", at: at("2024-03-28", 12),
                        timeSource: .name,
                        sha256: String(repeating: "0a", count: 32)),
                    afterCapture: Capture(
                        camera: flag.camera, path: "\(flag.camera)/after.jpg", at: at("2024-06-20", 12),
                        timeSource: .exif,
                        sha256: String(repeating: "f3", count: 32)),
                    caseNumber: flag.id == "f-2024-001" ? "大溪-2024-07" : nil)
                shown.between = ["2024-04-20", "2024-05-20"].map { day in
                    FlagPictures.Moment(
                        capture: Capture(camera: flag.camera, path: "\(flag.camera)/\(day).jpg", at: at(day, 12)),
                        picture: picture("\(day)-\(flag.id)"))
                }
                return shown
            }, advice: advice,
            adviceThumbnails: [
                "a1": picture("thumb1"), "a2": picture("thumb2"),
            ],
            unusable: unusable)
    }
}
