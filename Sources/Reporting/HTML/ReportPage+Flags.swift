import Village

extension ReportPage {
    func flag(_ pictures: FlagPictures, number: Int) -> Context {
        let flag = pictures.flag
        return [
            "anchor": HTMLText.anchor("flag", flag.id), "number": number, "flagID": flag.id, "plotID": flag.plot,
            "plotAnchor": HTMLText.anchor("plot", flag.plot), "open": pictures.isOpen, "closed": pictures.isClosed,
            "statusStyle": pictures.isOpen ? flag.status.rawValue : "done",
            "statusText": say(Terms.name(of: flag.status)),
            "kindText": say(Terms.name(of: flag.kind)), "stageText": say(Terms.course(of: flag)),
            "explanation": say(flag.explanation), "facts": facts(pictures),
            "course": some(
                flag.stages.map {
                    ["name": say(Terms.name(of: $0.stage)), "when": dates.shortDay(of: $0.at)] as Context
                }),
            "hasPair": pictures.before != nil && pictures.after != nil,
            "pictures": shots([
                (pictures.before, .before, pictures.beforeCapture), (pictures.after, .after, pictures.afterCapture),
            ]),
            "maskPictures": shots([(pictures.mask, .mask, nil)]),
            "between": some(
                pictures.between.map { look -> Context in
                    [
                        "data": some(dataAddress(look.picture)), "when": some(look.capture.at.map(dates.minute)),
                        "size": "width=\"\(look.picture.width)\" height=\"\(look.picture.height)\"",
                    ]
                }),
            "checks": some(pictures.isOpen ? Terms.checks(for: flag).map { ["text": say($0)] as Context } : []),
            "originals": originals(pictures),
        ]
    }

    private func facts(_ pictures: FlagPictures) -> [Context] {
        let flag = pictures.flag
        var rows: [(Word, String)] = [
            (.household, householdName(flag.household ?? contents.site.plot(flag.plot)?.household)),
            (.firstSeen, dates.minute(flag.firstSeen)), (.lastSeen, dates.minute(flag.lastSeen)),
            (.confirmed, dates.minute(flag.confirmedAt)),
            (.confidence, DecimalText.percent(flag.confidence)),
            (.camera, contents.site.camera(flag.camera)?.name ?? flag.camera),
        ]
        if flag.kind == .construction {
            let none = flag.status == .permitted ? say(Terms.name(of: flag.status)) : say(.noPermit)
            rows.insert((.permit, flag.permit ?? none), at: 1)
            rows.insert((.area, area(pixels: flag.areaInPixels, squareMetres: flag.areaInSquareMetres)), at: 5)
        }
        if !flag.neighbours.isEmpty { rows.append((.neighbours, flag.neighbours.joined(separator: ", "))) }
        if let decision = flag.decision {
            rows.append(
                (.decision, "\(say(Terms.text(of: decision.verdict))) · \(decision.by) · \(dates.minute(decision.at))"))
        }
        if let number = pictures.caseNumber { rows.append((.caseNumber, number)) }
        return rows.map { ["name": say($0.0), "value": $0.1] }
    }

    private func shots(_ shots: [(Picture?, Word, Capture?)]) -> [Context] {
        shots.map { picture, word, capture in
            [
                "caption": say(word), "when": some(capture?.at.map(dates.minute)), "data": some(dataAddress(picture)),
                "size": some(picture.map { "width=\"\($0.width)\" height=\"\($0.height)\"" }),
                "missing": say(.noPicture),
            ]
        }
    }

    /// What an inspector needs to find the originals again and to see that they are unchanged.
    private func originals(_ pictures: FlagPictures) -> Any {
        let evidence = pictures.flag.evidence
        let rows: [(Word, String?, Capture?)] = [
            (.before, evidence.before, pictures.beforeCapture), (.after, evidence.after, pictures.afterCapture),
        ]
        return some(
            rows.compactMap { word, path, capture -> Context? in
                guard let path = capture?.path ?? path else { return nil }
                let clock = capture?.timeSource.map { say(Terms.name(of: $0)) }
                return [
                    "name": say(word), "path": path, "sha": some(capture?.sha256),
                    "clock": some(clock.map { (language == .zh ? "时间来自" : "time from ") + $0 }),
                ]
            })
    }
}
