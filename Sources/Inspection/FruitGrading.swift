import Advising
import ConfigurationFiles
import Decoding
import Detection
import Foundation
import Pixels
import Village

/// The fruits of one picture file, graded by a table.
public struct FruitGrading: Sendable {
    public let path: String
    public let survey: FruitSurvey
    public let warnings: [Bilingual]
    public let image: RGBImage
    public let table: GradeTable
    /// One for each fruit of the survey.
    public let grades: [GradeTable.Grade]

    /// A marker whose sides differ by more was seen aslant: scales differ across the picture.
    static let mostStretch = 1.03
    /// Pixels that a spot must have across to be seen.
    static let finestSpotInPixels = 3.0

    /// - Parameter cameraHeight: millimetres from the lens to the ground; `nil` where only the file's focal length tells.
    /// - Throws: `InspectionFailure` where the file gives no picture.
    public init(
        path: String, source: FruitSurvey.Source?, cameraHeight: Double?, table: GradeTable,
        parameters: FruitParameters
    ) throws(InspectionFailure) {
        let file = try PictureFile(path)
        let survey = FruitSurvey(
            of: file.image, source: source,
            camera: FruitGrading.camera(of: file.image.size, exif: file.exif, height: cameraHeight), ripe: table.ripe,
            parameters: parameters)
        self.path = path
        self.survey = survey
        self.table = table
        image = file.image
        grades = survey.fruit.map(table.grade)
        var warnings: [Bilingual] = file.warning.map { [Bilingual(zh: $0, en: $0)] } ?? []
        if case .marker? = source {
            if let marker = survey.marker, marker.stretch > FruitGrading.mostStretch {
                let percent = Int(((marker.stretch - 1) * 100).rounded())
                warnings.append(
                    Bilingual(
                        zh: "标尺看上去一边长出\(percent)%：相机没有正对地面，远近处的毫米数不一样；请正对着拍",
                        en:
                            "the marker looks \(percent) % longer one way: the camera is aslant and millimetres differ across the picture; hold it level"
                    ))
            } else if survey.marker == nil {
                warnings.append(
                    Bilingual(
                        zh: "没有找到标尺：毫米数和等级都没有；请把标尺平放在果子旁边，不要遮住，或者用 --pixels-per-mm",
                        en:
                            "the marker was not found, so there are no millimetres and no classes: lay it flat beside the fruit, uncovered, or give --pixels-per-mm"
                    ))
            }
            if survey.marker != nil, survey.scale?.cameraHeight == nil {
                warnings.append(
                    Bilingual(
                        zh: "照片没有写焦距：果子比标尺离镜头近，直径会偏大几个百分点；请用 --camera-height 给出镜头到台面的毫米数",
                        en:
                            "the file states no focal length: fruit is nearer to the lens than the marker and reads some per cent too large; give --camera-height in millimetres"
                    ))
            }
        }
        let limits = table.classes.compactMap(\.spotDiameter)
        if let scale = survey.scale, let finest = limits.min(), !survey.fruit.isEmpty,
            finest * scale.pixelsPerMillimetre < FruitGrading.finestSpotInPixels
        {
            warnings.append(
                Bilingual(
                    zh: "照片太粗：等级表要看的最小斑点不到3个像素，斑点数是下限",
                    en:
                        "the picture is too coarse: the smallest spots that the table asks for are below 3 pixels, so spots are a lower bound"
                ))
        }
        self.warnings = warnings
    }

    /// The focal length on film of 36 × 24 mm goes by the diagonal (CIPA DCG-001).
    ///
    /// - Parameter size: of the whole picture, whatever of it is looked at.
    static func camera(of size: Size, exif: EXIF?, height: Double?) -> FruitSurvey.Camera {
        let diagonal = Double(size.width * size.width + size.height * size.height).squareRoot()
        let focal = exif?.focalLengthOn35mmFilm.map { Double($0) * diagonal / FruitGrading.filmDiagonal }
        return FruitSurvey.Camera(
            focalLength: focal, height: height, middle: SIMD2(Double(size.width) / 2, Double(size.height) / 2))
    }

    /// Millimetres across 36 × 24.
    private static let filmDiagonal = 43.2666

    /// The thresholds of `models/fruit.yaml`.
    public static func parameters(models: String) throws(ConfigurationError) -> FruitParameters {
        try FruitParameters(from: ModelFolder(folder: models, own: nil))
    }

    // MARK: Overlay

    /// Colours of the classes from best to worst, then of fruit that meets none.
    static let colours: [SIMD3<UInt8>] = [
        SIMD3(0, 200, 80), SIMD3(40, 140, 255), SIMD3(255, 190, 0), SIMD3(255, 110, 0), SIMD3(170, 60, 220),
    ]
    static let rejected = SIMD3<UInt8>(230, 20, 30)

    /// The picture with each outline in the colour of its class, its number, its spots, and the marker.
    public func overlay() -> RGBImage {
        FruitGrading.overlay(of: image, fruit: graded, table: table, marker: survey.marker)
    }

    /// - Parameter marker: drawn where there is one.
    public static func overlay(
        of image: RGBImage, fruit: [GradedFruit], table: GradeTable, marker: ScaleMarker? = nil
    ) -> RGBImage {
        var canvas = PictureMarks(image)
        let width = max(2, Double(image.width) / 600)
        for entry in fruit {
            let figures = entry.figures
            var colour = entry.classID == "unknown" ? SIMD3(255, 255, 255) : rejected
            if let grade = entry.grade, let place = table.classes.firstIndex(where: { $0.id == grade }) {
                colour = colours[min(place, colours.count - 1)]
            }
            let centre = SIMD2(figures.x, figures.y)
            canvas.ellipse(
                centre: centre, axes: SIMD2(figures.radii[0], figures.radii[1]), angle: figures.angle, width: width,
                colour)
            for spot in figures.spots {
                let radius = max(4 * width, (spot.areaInPixels / Double.pi).squareRoot() + 2 * width)
                canvas.ellipse(
                    centre: SIMD2(spot.x, spot.y), axes: SIMD2(radius, radius), angle: 0, width: width * 0.7,
                    SIMD3(255, 0, 255))
            }
            canvas.number(figures.number, at: centre, height: max(12, figures.radii[1] * 0.45))
        }
        if let marker {
            canvas.ellipse(
                centre: marker.centre, axes: SIMD2(marker.radius, marker.radius), angle: 0, width: width,
                SIMD3(0, 255, 255))
        }
        return canvas.image
    }

    /// One for each fruit of the survey.
    public var graded: [GradedFruit] { zip(survey.fruit, grades).map { GradedFruit($0, $1, width: table.width) } }
}

extension GradedFruit {
    init(_ figures: FruitFigures, _ grade: GradeTable.Grade, width: GradeTable.Width) {
        var failed: [String] = []
        if case .none(let asks) = grade {
            for ask in asks where !failed.contains(ask.rawValue) { failed.append(ask.rawValue) }
        }
        var id: String?
        if case .grade(let entry) = grade { id = entry.id }
        self.init(
            figures: figures,
            diameter: width == .widest ? figures.widestInMillimetres : figures.narrowestInMillimetres, grade: id,
            failed: failed)
    }
}

extension FruitSurvey.Source {
    /// What a site file or the command line says of millimetres.
    public init(_ scale: FruitSettings.Scale) {
        switch scale {
        case .square(let millimetres): self = .marker(.square, millimetres: millimetres)
        case .coin(let millimetres): self = .marker(.coin, millimetres: millimetres)
        case .pixelsPerMillimetre(let value): self = .pixelsPerMillimetre(value)
        }
    }
}
