extension Registration {
    /// The constants of the alignment.
    public struct Parameters: Sendable, Equatable {
        /// Greatest width, in pixels, at which positions are refined; larger pictures are averaged down by a whole
        /// factor. 64…4000. At 800 a picture of 1920 is refined at 640, where 0.03 pixel is 0.1 of the original;
        /// twice as much costs four times the time.
        public var finestWidth = 800
        /// Least width, in pixels, of the level that is searched exhaustively. 32…128.
        public var coarsestWidth = 64
        /// Greatest shift sought, as a share of the width. 0…0.3.
        public var range = 0.13
        /// Greatest rotation sought, in degrees. 0…10.
        public var rotationRange = 5.0
        /// Step of the rotations tried at the coarsest level, in degrees: 1.25° moves the edge of 90 columns by one.
        public var rotationStep = 1.25
        /// Least score and least confidence of two pictures of one place. 0…1 each.
        ///
        /// Measured on PhenoCam's dukehw over a year, cdnet and graf: different places reach 0.12 and 0.24 (two
        /// forests with a skyline; else 0.05 and 0.08), one place under other light 0.3 to 1 and 0.5 to 1, bare
        /// against leafed forest 0.12 and 0.27.
        public var sameScore = 0.16
        public var sameConfidence = 0.29
        /// Score and confidence below which two pictures show different places; between the two pairs nothing is
        /// claimed. 0…1 each.
        public var differentScore = 0.10
        public var differentConfidence = 0.25
        /// A shift, as a share of the width, or a rotation, in degrees, up to which a camera counts as hardly moved.
        /// 0…0.1 and 0…5.
        public var nudge = 0.03
        public var nudgeRotation = 1.5
        /// Least score of a picture that lies farther off: a fog picture of dukehw reaches 0.21 at a wrong place.
        /// 0…1.
        public var movedScore = 0.30
        /// How much better than the place of the reference another one must score to be believed at all. 0…1.
        public var advantage = 0.03
        /// Standard deviations by which the best shift of two unrelated pictures stands out at most: 3.9 in 90 pairs,
        /// 4.4 for aerial pictures of one place years apart. Above, nothing is claimed.
        public var chanceDistinctness = 4.1
        /// Mean gradient, in grey levels a pixel of the scored level, below which a picture is too flat to be told
        /// from another.
        public var leastStructure = 0.8

        public init() {}
    }
}
