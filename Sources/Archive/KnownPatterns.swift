import Village

/// The names that `timestamp: auto` knows, the most particular first; the first that fits decides.
///
/// Sources: PhenoCam: python-vegindex, `src/vegindex/utils.py`. Frigate: `docs/configuration/record.md` (UTC) and
/// `snapshots.md`. GB/T 28181-2022: device 20 digits, `02`, time 14, serial 5. Motion: its manual's `%v-%Y%m%d%H%M%S`.
/// The others are the makers' defaults as their users show them.
public enum KnownPatterns {
    public static let all: [KnownPattern] = [
        KnownPattern("GB/T 28181", "{camera}02{yyyy}{MM}{dd}{HH}{mm}{ss}{#5}", cameraDigits: 20),
        KnownPattern("PhenoCam infrared", "{camera}_IR_{yyyy}_{MM}_{dd}_{HH}{mm}{ss}", clock: .siteStandard),
        KnownPattern("PhenoCam", "{camera}_{yyyy}_{MM}_{dd}_{HH}{mm}{ss}", clock: .siteStandard),
        KnownPattern("Hikvision", "{camera}_{#2}_{yyyy}{MM}{dd}{HH}{mm}{ss}{SSS}_*"),
        KnownPattern("Hikvision ANPR", "{yyyy}{MM}{dd}{HH}{mm}{ss}{SSS}_*"),
        KnownPattern("Dahua", "{camera}/{yyyy}-{MM}-{dd}/{#3}/jpg/{HH}/{mm}/{ss}[*"),
        KnownPattern("Dahua, minute in the name", "{camera}/{yyyy}-{MM}-{dd}/{#3}/jpg/{HH}/{mm}.{ss}[*"),
        KnownPattern("Reolink", "{camera}_{#2}_{yyyy}{MM}{dd}{HH}{mm}{ss}"),
        KnownPattern("Motion snapshot", "{#}-{yyyy}{MM}{dd}{HH}{mm}{ss}-snapshot"),
        KnownPattern("Motion", "{#}-{yyyy}{MM}{dd}{HH}{mm}{ss}-{#}"),
        KnownPattern("Motion 3.0 snapshot", "{yyyy}/{MM}/{dd}/{HH}/{mm}/{ss}-snapshot"),
        KnownPattern("Motion 3.0", "{yyyy}/{MM}/{dd}/{HH}/{mm}/{ss}-{#}"),
        KnownPattern("motionEye", "{yyyy}-{MM}-{dd}/{HH}-{mm}-{ss}"),
        KnownPattern("Frigate recording", "{yyyy}-{MM}-{dd}/{HH}/{camera}/{mm}.{ss}", clock: .utc),
        KnownPattern("Frigate snapshot", "{camera}-{epoch}.{#}-*", clock: .utc),
        KnownPattern("WeChat export", "mmexport{epochms}", clock: .utc),
        KnownPattern("Pixel phone", "PXL_{yyyy}{MM}{dd}_{HH}{mm}{ss}{SSS}*", clock: .utc),
        KnownPattern("phone", "IMG_{yyyy}{MM}{dd}_{HH}{mm}{ss}*"),
        KnownPattern("DJI", "DJI_{yyyy}{MM}{dd}{HH}{mm}{ss}_{#}*"),
    ].compactMap { $0 }

    /// Patterns in ``all``; a template that does not compile would be missing.
    static let count = 19
}
