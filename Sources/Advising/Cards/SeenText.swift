import Foundation
import Village

/// Puts what was measured into words, with its figure.
enum SeenText {
    static func plots(_ ids: [String]) -> Bilingual {
        let some = ids.prefix(4)
        let more = ids.count > some.count
        return Bilingual(
            zh: "地块\(some.joined(separator: "、"))\(more ? "等\(ids.count)块" : "")",
            en:
                "\(ids.count == 1 ? "plot" : "plots") \(some.joined(separator: ", "))"
                + (more ? " and \(ids.count - some.count) more" : "")
        )
    }

    static func symptom(_ sign: SymptomRule.Sign, _ quantity: Quantity, _ residual: Residual, plot: String, crop: Crop)
        -> Bilingual
    {
        let control = control(residual.control, crop, sign)
        let years = lastYears(residual.years)
        let change = change(sign, quantity, residual)
        return Bilingual(
            zh: "地块\(plot)：\(change.zh)\(control.zh)\(years.zh)",
            en: "plot \(plot): \(change.en)\(control.en)\(years.en)")
    }

    /// What changed against the plot's own past month: colours in per cent of what they were, shares as they are.
    private static func change(_ sign: SymptomRule.Sign, _ quantity: Quantity, _ residual: Residual) -> Bilingual {
        let isLower = residual.value < residual.past
        if quantity == .gcc || quantity == .rcc, residual.past > 0 {
            let percent = figure(abs(residual.value / residual.past - 1), .vegetationCover)
            let colour =
                quantity == .gcc ? Bilingual(zh: "绿色", en: "green") : Bilingual(zh: "红黄色", en: "red and yellow")
            return Bilingual(
                zh: "叶子的\(colour.zh)比自家前一个月\(isLower ? "少" : "多")了\(percent)",
                en: "\(percent) \(isLower ? "less" : "more") \(colour.en) than its own past month")
        }
        if quantity == .noonChange {
            let now = figure(abs(residual.value), quantity), usual = figure(abs(residual.past), quantity)
            return Bilingual(
                zh: "午后比早上绿色少\(now)，往常\(residual.past < 0 ? "少" : "多")\(usual)",
                en: "\(now) less green in the afternoon than in the morning, usually "
                    + "\(usual) \(residual.past < 0 ? "less" : "more")")
        }
        let name = name(quantity, sign)
        let now = figure(residual.value, quantity), before = figure(residual.past, quantity)
        return Bilingual(
            zh: "\(name.zh)\(now)，自家前一个月是\(before)", en: "\(name.en) \(now), in its own past month \(before)")
    }

    private static func lastYears(_ count: Int) -> Bilingual {
        switch count {
        case 0: Bilingual(zh: "", en: "")
        case 1: Bilingual(zh: "，去年这时也没有这样", en: "; nor was it so last year")
        default: Bilingual(zh: "，前\(count)年这时也没有这样", en: "; nor was it so in the \(count) years before")
        }
    }

    static func weather(_ event: WeatherWatch.Event, plots: [String]) -> Bilingual {
        let plot = self.plots(plots)
        if event.rule.sign == .frostNight {
            let low = String(format: "%.1f", event.figure)
            return Bilingual(
                zh: "\(plot.zh)：\(event.day.inChinese)夜里最低\(low)度",
                en: "\(plot.en): \(low) °C in the night of \(event.day.inEnglish)")
        }
        let rain = String(format: "%.0f", event.figure)
        let span =
            event.days == 1
            ? Bilingual(zh: "这天", en: "on that day") : Bilingual(zh: "前后\(event.days)天", en: "in \(event.days) days")
        return Bilingual(
            zh: "\(plot.zh)：到\(event.day.inChinese)，\(span.zh)下了\(rain)毫米雨",
            en: "\(plot.en): \(rain) mm of rain \(span.en), by \(event.day.inEnglish)")
    }

    static func event(
        _ sign: EventSign, on: Day, found: Day, _ quantity: Quantity, amount: Double, value: Double?, plots: [String]
    ) -> Bilingual {
        let plot = self.plots(plots)
        switch sign {
        case .bloomStart, .colouringStart:
            let name = name(quantity, nil)
            let now = figure(value ?? amount, quantity)
            return Bilingual(
                zh: "\(plot.zh)：约\(on.inChinese)起看到，\(name.zh)\(now)",
                en: "\(plot.en): seen since about \(on.inEnglish), \(name.en) \(now)")
        case .bloomPeak:
            let most = figure(amount, quantity)
            return Bilingual(
                zh: "\(plot.zh)：花最盛约在\(on.inChinese)，那时花占画面\(most)",
                en: "\(plot.en): peak bloom about \(on.inEnglish), blossom \(most) of the plot then")
        case .harvested:
            return Bilingual(
                zh: "\(plot.zh)：到\(on.inChinese)熟果颜色大半不见了",
                en: "\(plot.en): most ripe colour was gone by \(on.inEnglish)")
        case .pruning:
            let name = name(quantity, nil)
            // Greenness has no unit that a reader would know; of a share it is told how much of the plot went.
            let drop =
                quantity == .gcc
                ? Bilingual(zh: "明显少了", en: "clearly")
                : Bilingual(
                    zh: "少了整块地的\(figure(amount, quantity))", en: "by \(figure(amount, quantity)) of the plot")
            return Bilingual(
                zh: "\(plot.zh)：\(on.inChinese)前后\(name.zh)一下子\(drop.zh)，别的地块没有",
                en: "\(plot.en): about \(on.inEnglish) \(name.en) fell \(drop.en) at once, other plots did not")
        case .frostNight, .heavyRain: return plot
        }
    }

    static func work(_ rule: WorkRule, stage: StageEstimate?, window: ClosedRange<Day>, anchor: Day?, plots: [String])
        -> Bilingual
    {
        let plot = self.plots(plots)
        let range = Bilingual(
            zh: "\(window.lowerBound.inChinese)到\(window.upperBound.inChinese)",
            en: "\(window.lowerBound.inEnglish) to \(window.upperBound.inEnglish)")
        if let anchor, let event = rule.anchor?.event {
            let name = eventName(event)
            return Bilingual(
                zh: "\(plot.zh)：画面上\(anchor.inChinese)\(name.zh)，推算\(range.zh)正是时候",
                en: "\(plot.en): \(name.en) seen on \(anchor.inEnglish), so \(range.en) is the time")
        }
        let now =
            stage.map { Bilingual(zh: "，现在是\($0.stage.names.zh)期", en: ", now \($0.stage.names.en)") }
            ?? Bilingual(zh: "", en: "")
        let basis = Bilingual(zh: "按日历\(range.zh)", en: "by the calendar \(range.en)")
        return Bilingual(zh: "\(plot.zh)：\(basis.zh)\(now.zh)", en: "\(plot.en): \(basis.en)\(now.en)")
    }

    private static func eventName(_ sign: EventSign) -> Bilingual {
        switch sign {
        case .bloomStart: Bilingual(zh: "开花", en: "first bloom")
        case .bloomPeak: Bilingual(zh: "盛花", en: "peak bloom")
        case .colouringStart: Bilingual(zh: "开始着色", en: "first colour")
        case .harvested: Bilingual(zh: "采收", en: "harvest")
        case .pruning: Bilingual(zh: "修剪", en: "pruning")
        case .frostNight: Bilingual(zh: "霜冻", en: "frost")
        case .heavyRain: Bilingual(zh: "大雨", en: "heavy rain")
        }
    }

    private static func control(_ control: Residual.Control, _ crop: Crop, _ sign: SymptomRule.Sign) -> Bilingual {
        if sign == .weeds { return Bilingual(zh: "", en: "") }
        return switch control {
        case .sameCrop(let count):
            Bilingual(
                zh: "，邻近\(count)块\(crop.names.zh)没有同样变化",
                en: "; \(count) neighbouring \(crop.names.en) \(count == 1 ? "plot did" : "plots did") not")
        case .others(let count):
            Bilingual(
                zh: "，同一镜头另外\(count)块地没有同样变化", en: "; \(count) other \(count == 1 ? "plot" : "plots") in view did not")
        case .none: Bilingual(zh: "，镜头里没有别的地块可比", en: "; no other plot in view to compare")
        }
    }

    private static func name(_ quantity: Quantity, _ sign: SymptomRule.Sign?) -> Bilingual {
        if sign == .weeds { return Bilingual(zh: "树冠以外的草占", en: "plants besides the canopy") }
        return switch quantity {
        case .gcc: Bilingual(zh: "绿度", en: "greenness")
        case .rcc: Bilingual(zh: "红度", en: "redness")
        case .exg: Bilingual(zh: "超绿值", en: "excess green")
        case .vegetationCover: Bilingual(zh: "绿色覆盖", en: "plant cover")
        case .canopyCover: Bilingual(zh: "树冠覆盖", en: "canopy cover")
        case .bloom: Bilingual(zh: "花占画面", en: "blossom")
        case .ripeColour: Bilingual(zh: "熟色占画面", en: "ripe colour")
        case .yellowing: Bilingual(zh: "变黄的叶占", en: "yellow leaves")
        case .clippedShare: Bilingual(zh: "过曝", en: "clipped")
        case .count: Bilingual(zh: "数量", en: "count")
        case .activity: Bilingual(zh: "活动", en: "activity")
        case .countLow, .countHigh: Bilingual(zh: "数量范围", en: "count's range")
        case .outside: Bilingual(zh: "栏外数量", en: "count outside the fence")
        case .density: Bilingual(zh: "每亩数量", en: "count a mu")
        case .spread: Bilingual(zh: "分散程度", en: "spread")
        case .bareGround: Bilingual(zh: "裸地", en: "bare ground")
        case .stillHours: Bilingual(zh: "不动的小时数", en: "hours without movement")
        case .noonChange: Bilingual(zh: "午后绿色变化", en: "change of green by the afternoon")
        case .newFruit: Bilingual(zh: "新增果数", en: "new fruit")
        case .diameterMean, .diameterLeast, .diameterGreatest: Bilingual(zh: "果径", en: "diameter")
        case .spottedShare: Bilingual(zh: "斑果", en: "spotted fruit")
        case .colourShare: Bilingual(zh: "着色", en: "ripe colour of the skin")
        }
    }

    /// Three decimals for chromatic coordinates, per cent for shares.
    private static func figure(_ value: Double, _ quantity: Quantity) -> String {
        switch quantity {
        case .gcc, .rcc, .exg: String(format: "%.3f", value)
        default: String(format: value < 0.1 ? "%.1f%%" : "%.0f%%", value * 100)
        }
    }
}
