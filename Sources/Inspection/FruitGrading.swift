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
        let size = file.decoded.header.size
        // The focal length on film of 36 × 24 mm goes by the diagonal (CIPA DCG-001).
        let diagonal = Double(size.width * size.width + size.height * size.height).squareRoot()
        let focal = file.exif?.focalLengthOn35mmFilm.map { Double($0) * diagonal / FruitGrading.filmDiagonal }
        let survey = FruitSurvey(
            of: file.image, source: source, camera: .init(focalLength: focal, height: cameraHeight), ripe: table.ripe,
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
        var canvas = PictureMarks(image)
        let width = max(2, Double(image.width) / 600)
        for (fruit, grade) in zip(survey.fruit, grades) {
            var colour = FruitGrading.rejected
            if case .grade(let entry) = grade, let place = table.classes.firstIndex(where: { $0.id == entry.id }) {
                colour = FruitGrading.colours[min(place, FruitGrading.colours.count - 1)]
            } else if case .unknown = grade {
                colour = SIMD3(255, 255, 255)
            }
            let centre = SIMD2(fruit.x, fruit.y)
            canvas.ellipse(
                centre: centre, axes: SIMD2(fruit.radii[0], fruit.radii[1]), angle: fruit.angle, width: width, colour)
            for spot in fruit.spots {
                let radius = max(4 * width, (spot.areaInPixels / Double.pi).squareRoot() + 2 * width)
                canvas.ellipse(
                    centre: SIMD2(spot.x, spot.y), axes: SIMD2(radius, radius), angle: 0, width: width * 0.7,
                    SIMD3(255, 0, 255))
            }
            canvas.number(fruit.number, at: centre, height: max(12, fruit.radii[1] * 0.45))
        }
        if let marker = survey.marker {
            canvas.ellipse(
                centre: marker.centre, axes: SIMD2(marker.radius, marker.radius), angle: 0, width: width,
                SIMD3(0, 255, 255))
        }
        return canvas.image
    }
}
