import Village

extension ReportPage {
    /// One map a camera that watches plots, over the clean composite where there is one: it shows no people.
    func maps() -> Any {
        let open = openFlags
        return some(
            contents.cameras.compactMap { summary -> Context? in
                let plots = contents.plots.filter { $0.plot.camera == summary.camera.id }
                guard !plots.isEmpty else { return nil }
                let map = PlotMap(
                    width: summary.frameWidth > 0 ? summary.frameWidth : summary.reference?.width ?? 0,
                    height: summary.frameHeight > 0 ? summary.frameHeight : summary.reference?.height ?? 0,
                    picture: dataAddress(summary.composite ?? summary.reference),
                    entries: plots.map {
                        .init(
                            id: $0.plot.id, outline: $0.outline, level: level(of: $0),
                            link: "#" + HTMLText.anchor("plot", $0.plot.id),
                            title: "\($0.plot.id) · \(plotKind($0)) · \(say($0.state.text))")
                    },
                    marks: open.enumerated().filter { $1.flag.camera == summary.camera.id }.map { index, pictures in
                        .init(
                            label: "▲ \(index + 1)", outline: pictures.flag.drawnOutline,
                            link: "#" + HTMLText.anchor("flag", pictures.flag.id), title: say(pictures.flag.explanation)
                        )
                    }, title: say(.map) + " " + summary.camera.name)
                let hasPicture = summary.reference != nil || summary.composite != nil
                return ["name": summary.camera.name, "svg": some(map.svg()), "empty": !hasPicture]
            })
    }
}
