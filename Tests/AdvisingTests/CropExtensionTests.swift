import ConfigurationFiles
import Testing
import Village

@testable import Advising

struct CropExtensionTests {
    private func extended(_ text: String, name: String = "plum") throws -> Crop {
        let known = try Models.library.crops
        return try #require(
            try CropLibrary.crop(in: Document(text: text, file: "\(name).yaml"), name: name, extending: known))
    }

    @Test func aCountyMovesConfirmsReplacesAndRemoves() throws {
        let ours = try #require(try Models.library.crop(named: "plum"))
        let county = try extended(
            """
            crop: plum
            extends: plum
            aliases: [沿河空心李]
            windows:
              bloom: {guizhou: 03-01..03-25}
              harvestWindow: {guizhou: 07-01..07-25}
            confirm: [harvestWindow, colouringStart]
            remove: [weeds]
            work:
              - id: thinning
                stage: fruitGrowth
                windows: {guizhou: 05-01..05-20}
                title: {zh: 疏果, en: Thin}
                action: {zh: 去疏果。, en: Go and thin.}
                source: 县农业局
                reliability: V
                confirmed: true
              - id: ownRule
                stage: bloom
                windows: {guizhou: 03-01..03-25}
                title: {zh: 看花, en: Look}
                action: {zh: 去看花。, en: Go and look.}
                source: 县农业局
                reliability: V
                confirmed: true
            """)
        #expect(county.stages.first { $0.id == "bloom" }?.windows.byRegion["guizhou"]?.description == "03-01..03-25")
        #expect(county.work.first { $0.id == "harvestWindow" }?.text.isConfirmed == true)
        #expect(county.events.first { $0.id == "colouringStart" }?.text.isConfirmed == true)
        #expect(!county.symptoms.contains { $0.id == "weeds" } && ours.symptoms.contains { $0.id == "weeds" })
        #expect(county.work.first { $0.id == "thinning" }?.text.source == "县农业局")
        #expect(county.work.count == ours.work.count + 1 && county.work.map(\.id).last == "ownRule")
        // What is not named stays as it was.
        #expect(county.events.filter { $0.id != "colouringStart" } == ours.events.filter { $0.id != "colouringStart" })
        #expect(county.stages.filter { $0.id != "bloom" } == ours.stages.filter { $0.id != "bloom" })
    }

    @Test func aNewCropMayComeFromOurs() throws {
        let navel = try extended(
            "crop: navel-orange\nextends: citrus\nnames: {zh: 纽荷尔脐橙, en: navel orange}\n"
                + "regions:\n  - {id: fengjie, zh: 奉节, en: Fengjie, latitude: [30.5, 31.5], longitude: [109, 110]}\n"
                + "defaultRegion: fengjie\nwindows: {colouring: {fengjie: 09-21..11-30}, ripe: {fengjie: 12-01..12-31}, dormancy: {fengjie: 01-01..02-20}}\n",
            name: "navel-orange")
        #expect(navel.origin == "citrus")
        #expect(navel.id == "navel-orange" && navel.aliases.isEmpty && navel.habit == .evergreen)
        for day in 0..<366 { #expect(navel.stage(on: Day("2024-01-01")! + day, in: "fengjie") != nil) }
        #expect(navel.stage(on: Day("2024-12-20")!, in: "fengjie")?.id == "ripe")
    }

    @Test(arguments: [
        ("extends: nonsense\n", "there is not", 1),
        ("extends: plum\nconfirm: [harvestwindow]\n", "\"harvestwindow\"", 2),
        ("extends: plum\nwindows: {blooms: {guizhou: 03-01..03-20}}\n", "no stage and no rule", 2),
        ("extends: plum\nwindows: {bloom: {nowhere: 03-01..03-20}}\n", "nowhere", 2),
        ("extends: plum\ncrop: peach\n", "but the file is plum.yaml", 2), ("extends: plum\nwroks: []\n", "wroks", 2),
        (
            "extends: plum\nsymptoms:\n  - id: yellowing\n    sign: yellowing\n    title: {zh: 黄, en: Yellow}\n"
                + "    action: {zh: 喷800倍液。, en: Spray.}\n    source: x\n    reliability: U\n    confirmed: true\n",
            "800倍", 6
        ),
    ])
    func whatIsWrongIsToldByLine(text: String, said: String, line: Int) throws {
        let error = #expect(throws: ConfigurationError.self) { try extended(text) }
        let faults = error?.faults ?? []
        #expect(faults.contains { $0.message.contains(said) && $0.line == line && !$0.remedy.isEmpty }, "\(faults)")
    }

    @Test(arguments: [
        "用800倍液喷", "每亩50克", "兑水 30 升", "三百倍", "0.3%尿素", "按1：200配", "1:500", "一瓶盖", "Use 50 ml per tank", "2 kg/ha",
        "at 0.5 %", "1 : 300", "３００倍", "半斤", "5g", "两勺", "10 L of water",
    ])
    func aDoseIsRefused(text: String) { #expect(DosePattern.first(in: text) != nil) }

    @Test(arguments: [
        "隔5到6厘米留1个果", "一芽一叶多了就开采", "过两三天再去看", "Leave one fruit every 5 to 6 cm", "一次采完", "三组", "12月底前",
        "look in 3 days", "two leaves", "at 10 o'clock", "in 2 larger groups", "1 glance",
    ])
    func whatIsNoDoseIsNotRefused(text: String) {
        #expect(DosePattern.first(in: text) == nil, "\(DosePattern.first(in: text) ?? "")")
    }
}
