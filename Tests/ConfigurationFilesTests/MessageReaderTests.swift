import ConfigurationFiles
import Testing
import Village

@Suite struct MessageReaderTests {
    let folder: SiteFolder

    init() throws { folder = try SiteFolder() }

    private func load(_ channels: String) throws -> Site {
        try folder.write(
            "site: a\ntimezone: UTC\ncameras:\n- {id: c, files: 'c/*'}\nmessages:\n  channels:\n" + channels,
            to: "site.yaml")
        return try SiteFile.load(path: folder.path)
    }

    @Test func channelsAreReadWhole() throws {
        let site = try load(
            """
              - id: town
                kind: dingtalk
                address: env:PLOTWATCH_ROBOT
                secret: file:secrets/town
                topics: [flags, cases]
                minimumConfidence: 0.7
                mergeMinutes: 30
                quiet: {from: "21:00", until: "07:30"}
                digest: "08:00"
                cooldownHours: 24
              - {id: pingdi, kind: files, level: village, village: 平地坝村, folder: outbox}

            """)
        #expect(site.channels.map(\.id) == ["town", "pingdi"])
        let town = site.channels[0], village = site.channels[1]
        #expect(town.kind == .dingtalk && town.level == .town && town.topics == [.flags, .cases])
        #expect(town.address == .environment("PLOTWATCH_ROBOT") && town.secret == .file(folder.path + "/secrets/town"))
        #expect(town.minimumConfidence == 0.7 && town.mergeWindow == 30 && town.cooldown == 24)
        #expect(town.quiet == .init(from: 1260, until: 450) && town.digest == 480)
        #expect(village.level == .village && village.village == "平地坝村" && village.folder == folder.path + "/outbox")
        #expect(village.topics == Set(MessageChannel.Topic.allCases) && village.quiet == nil)
    }

    @Test func withoutTheSectionNothingLeavesTheMachine() throws {
        try folder.write("site: a\ntimezone: UTC\ncameras:\n- {id: c, files: 'c/*'}\n", to: "site.yaml")
        #expect(try SiteFile.load(path: folder.path).channels.isEmpty)
    }

    @Test(arguments: [
        ("kind: pigeon, address: env:A", "pigeon"), ("kind: wecom", "address"), ("kind: files", "folder"),
        ("kind: files, folder: o, address: env:A", "address"), ("kind: slack, address: env:A, folder: o", "folder"),
        ("kind: slack, address: env:A, quiet: {from: \"21:00\"}", "until"),
        ("kind: slack, address: env:A, digest: \"25:00\"", "25:00"),
        ("kind: slack, address: env:A, digest: \"8\"", "8"),
        ("kind: slack, address: env:A, level: village", "village"),
        ("kind: slack, address: env:A, level: household", "household"),
        ("kind: slack, address: env:A, minimumConfidence: 2", "minimumConfidence"),
        ("kind: slack, address: env:A, topics: [gossip]", "gossip"),
        ("kind: slack, address: env:A, mergeMinute: 3", "mergeMinutes"),
        ("kind: slack, address: \"env:a b\"", "env:NAME"),
        ("kind: smtp, from: a@b.cn, to: [c@d.cn]", "server"),
        ("kind: smtp, server: \"smtps://h\", to: [c@d.cn]", "from"),
        ("kind: smtp, server: \"smtps://h\", from: a@b.cn", "to"),
        ("kind: smtp, server: \"smtps://h\", from: a@b.cn, to: []", "nobody"),
        ("kind: smtp, server: h, from: a@b.cn, to: [c@d.cn]", "smtps://smtp.example.org"),
        ("kind: smtp, server: \"http://h\", from: a@b.cn, to: [c@d.cn]", "http://h"),
        ("kind: smtp, server: \"smtps://u:p@h\", from: a@b.cn, to: [c@d.cn]", "smtps://smtp.example.org"),
        ("kind: smtp, server: \"smtps://h\", from: \"a@b> SIZE=1\", to: [c@d.cn]", "a@b> SIZE=1"),
        ("kind: smtp, server: \"smtps://h\", from: a@b.cn, to: [\"c@d.cn\\r\\nRCPT\"]", "no mail address"),
        ("kind: smtp, server: \"smtps://h\", from: a@b.cn, to: [c@d.cn], user: \"a:b\"", "a:b"),
        ("kind: smtp, server: \"smtps://h\", from: a@b.cn, to: [c@d.cn], address: env:A", "address"),
        ("kind: slack, address: env:A, to: [c@d.cn]", "to"),
    ]) func everyFaultHasItsLineAndARemedy(fields: String, words: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try load("  - {id: town, \(fields)}\n") }
        let fault = try #require(error?.faults.first)
        #expect(fault.line == 7 && !fault.remedy.isEmpty && "\(fault)".contains(words), "\(fault)")
    }

    @Test func mailIsReadWithItsPort() throws {
        let site = try load(
            """
              - {id: a, kind: smtp, server: "smtps://mail.example.org", from: a@b.cn, to: [c@d.cn, e@f.cn], secret: env:P}
              - {id: b, kind: smtp, server: "smtp://mail.example.org:2525", from: a@b.cn, to: [c@d.cn], user: town}
              - {id: c, kind: smtp, server: "smtp://127.0.0.1/", from: a@b.cn, to: [c@d.cn]}

            """)
        #expect(
            site.channels.map(\.mail?.server) == [
                "smtps://mail.example.org:465", "smtp://mail.example.org:2525", "smtp://127.0.0.1:587",
            ])
        #expect(site.channels[0].mail?.to == ["c@d.cn", "e@f.cn"] && site.channels[0].secret == .environment("P"))
        #expect(site.channels[1].mail?.user == "town" && site.channels[1].secret == nil)
    }

    /// A site file is copied and shown: a secret in it is refused, and not repeated.
    @Test func aSecretWrittenPlainlyIsRefused() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try load(
                "  - {id: town, kind: wecom, address: \"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=topsecret\"}\n"
            )
        }
        #expect(error?.description.contains("topsecret") == false)
        #expect(error?.description.contains("env:NAME") == true)
    }

    @Test func twoOfOneNameAreRefused() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try load("  - {id: a, kind: files, folder: o}\n  - {id: a, kind: files, folder: p}\n")
        }
        #expect(error?.faults.first?.line == 8)
    }

    /// What a new site file shows in comments holds when the marks are taken away.
    @Test func theDraftsExampleIsRight() throws {
        let draft = SiteDraft(id: "a", name: "a", timeZone: "UTC", archive: "archive", cameras: [])
        let lines = draft.text().components(separatedBy: "\n").drop { $0 != "# messages:" }
        let section = lines.map { $0.hasPrefix("# ") ? String($0.dropFirst(2)) : $0 }.joined(separator: "\n")
        try folder.write(
            "site: a\ntimezone: UTC\ncameras:\n- {id: c, files: 'c/*'}\n" + section, to: "site.yaml")
        let site = try SiteFile.load(path: folder.path)
        #expect(site.channels.map(\.kind) == [.dingtalk, .files, .smtp] && site.channels[0].quiet != nil)
    }
}
