import Foundation

/// What one capture says about one plot.
public struct Reading: Sendable, Equatable {
    public var plot: String
    public var camera: String
    /// The capture's path.
    public var capture: String
    public var at: Date
    public var quality: Quality
    /// Channel statistics over the plot's pixels; `nil` where the picture could not be measured.
    public var statistics: ColorStatistics?
    public var values: [Quantity: Measured]
    /// Of fruit: the share of each class of the table, of `none` that meet no class and of `unknown` that could not be judged;
    /// empty where no fruit was measured.
    public var classShares: [String: Double] = [:]

    public init(
        plot: String, camera: String, capture: String, at: Date, quality: Quality, statistics: ColorStatistics?,
        values: [Quantity: Measured]
    ) {
        self.plot = plot
        self.camera = camera
        self.capture = capture
        self.at = at
        self.quality = quality
        self.statistics = statistics
        self.values = values
    }

    /// The value, where there is one.
    public func value(_ quantity: Quantity) -> Double? {
        if case .value(let value)? = values[quantity] { value } else { nil }
    }
}

/// A value, or the reason why there is none.
public enum Measured: Sendable, Equatable, Codable {
    case value(Double)
    case absent(reason: String)
}

/// What can be read off a plot. All are shares (0…1) or ratios unless their unit says otherwise.
public enum Quantity: String, Sendable, Codable, CaseIterable {
    /// Green chromatic coordinate of the channel means, G / (R + G + B).
    case gcc
    /// Red chromatic coordinate, R / (R + G + B).
    case rcc
    /// Excess green of the channel means in chromatic coordinates, 2g − r − b.
    case exg
    /// Share of the plot that is living plants of any kind.
    case vegetationCover
    /// Share of the plot that is the crop's own canopy.
    case canopyCover
    /// Share of the plot that is blossom.
    case bloom
    /// Share of the plot that has the colour of ripe fruit.
    case ripeColour
    /// Share of the living plants that has turned yellow.
    case yellowing
    /// Share of the plot's pixels with a channel at 0 or 255.
    case clippedShare
    /// Birds or animals that can be seen: a lower bound of those that are there.
    case count
    /// The least and the most that can be seen.
    case countLow, countHigh
    /// Animals outside the plot's fence.
    case outside
    /// Animals for each mu (666.7 m²) of the pen, of those that can be seen.
    case density
    /// How evenly animals stand: mean distance to the nearest over that of as many points at random; below 1 crowded.
    case spread
    /// Share of the pen without plants.
    case bareGround
    /// Share of the room that people cover; 0 where nobody is. Light that changes is nobody.
    case activity
    /// Hours for which what is in the room has not moved at all.
    case stillHours
    /// Of a day, not of a picture: gcc of the afternoon over that of the same morning, less 1; leaves that hang are less
    /// green. Below 0 where the green goes down.
    case noonChange
    /// Fruit that no earlier capture of the same standing tray has shown.
    case newFruit
    /// Of the fruit seen, millimetres.
    case diameterMean, diameterLeast, diameterGreatest
    /// Share of the fruit with at least one spot on its visible side.
    case spottedShare
    /// Mean share of the visible skin that has the ripe colour.
    case colourShare
}

/// The statistics that PhenoCam's `roistats` files hold, over the pixels of one plot.
public struct ColorStatistics: Sendable, Equatable, Codable {
    public var red: ChannelStatistics
    public var green: ChannelStatistics
    public var blue: ChannelStatistics
    /// Pearson correlations between the channels; not a number where a channel is constant.
    public var redGreenCorrelation: Double
    public var greenBlueCorrelation: Double
    public var blueRedCorrelation: Double
    public var pixelCount: Int

    public init(
        red: ChannelStatistics, green: ChannelStatistics, blue: ChannelStatistics, redGreenCorrelation: Double,
        greenBlueCorrelation: Double,
        blueRedCorrelation: Double, pixelCount: Int
    ) {
        self.red = red
        self.green = green
        self.blue = blue
        self.redGreenCorrelation = redGreenCorrelation
        self.greenBlueCorrelation = greenBlueCorrelation
        self.blueRedCorrelation = blueRedCorrelation
        self.pixelCount = pixelCount
    }

    public var mean: MeanColor { MeanColor(red: red.mean, green: green.mean, blue: blue.mean) }
}

/// The means of the channels over a plot.
public struct MeanColor: Sendable, Equatable {
    public var red: Double
    public var green: Double
    public var blue: Double

    public init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    private var sum: Double { red + green + blue }
    /// G / (R + G + B); `nil` for a black plot.
    public var gcc: Double? { sum > 0 ? green / sum : nil }
    /// R / (R + G + B); `nil` for a black plot.
    public var rcc: Double? { sum > 0 ? red / sum : nil }
    /// 2g − r − b of the chromatic coordinates, which is 3·gcc − 1; `nil` for a black plot.
    public var exg: Double? { gcc.map { 3 * $0 - 1 } }
}

public struct ChannelStatistics: Sendable, Equatable, Codable {
    public var mean: Double
    /// Population standard deviation.
    public var deviation: Double
    /// At 5, 10, 25, 50, 75, 90, 95 %, R type 7.
    public var quantiles: [Double]

    public static let quantileLevels = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95]

    public init(mean: Double, deviation: Double, quantiles: [Double]) {
        self.mean = mean
        self.deviation = deviation
        self.quantiles = quantiles
    }
}
