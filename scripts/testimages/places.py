"""The cameras of the test village: where their raws lie, how they are mounted, what befalls them.

A scene says what is there; a place says which camera looks at it. `assemble.py` needs both.
"""

from dataclasses import dataclass, field
from datetime import datetime

from camera import Shift


@dataclass(frozen=True)
class Fault:
    """A faulty capture beside the sound ones, made from the nearest rendered frame."""

    at: str
    condition: str
    sensor: str = None
    file: str = None
    note: str = ""


@dataclass(frozen=True, eq=False)
class Place:
    """One camera. Days count from the first picture; polygons are in pixels of the reference picture."""

    camera: str
    folder: str
    module: str
    name: str
    style: str
    jpeg_quality: int
    calm: float
    first_household: int
    faults: tuple = ()
    wrong_clock: tuple = None
    start: datetime = None
    nudge: tuple = None
    turned: tuple = None
    zoomed: tuple = None
    """First and last day of a longer focal length, and by how much longer."""
    dusty: tuple = None
    """First and last day between which dust gathers on the glass."""
    firmware: tuple = None
    """From which day on pictures come in another (width, height) and JPEG quality."""
    quiet_days: int = 0
    """How many days before the first the pictures without anybody are also taken, with noise of their own."""
    tinted: tuple = None
    """First and last day of another (red, green, blue) gain: the camera's colour and exposure were set anew."""
    overlay: tuple = None
    """From which day on the clock stands elsewhere and in another style, and the words beside it."""
    grown: bool = False
    """Whether it looks at orchards, of which canopy, blossom and fruit are told."""
    states: tuple = ()
    """What else is told of each plot: counted (`assemble.shares`) or said by the scene."""
    size: tuple = (1280, 720)
    sticks: bool = False
    ground: tuple = ()
    cuts: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
    usual_kind: str = "building"
    permits: tuple = ()

    def path(self, t):
        """Path below the archive at a time, in the style of the camera's maker."""
        milliseconds = (t.minute * 37 + t.second * 13) % 1000 if not t.microsecond else t.microsecond // 1000
        if self.style == "phenocam":
            return f"{self.camera}/{t:%Y}/{t:%m}/{self.camera}_{t:%Y_%m_%d_%H%M%S}.jpg"
        if self.style == "dahua":
            return f"{self.camera}/{t:%Y-%m-%d}/001/jpg/{t:%H}/{t:%M}/{t:%S}[M][0@0][0].jpg"
        if self.style == "reolink":
            return f"{self.camera}/{t:%Y}/{t:%m}/{t:%d}/{self.camera}_00_{t:%Y%m%d%H%M%S}.jpg"
        if self.style == "gb28181":
            return f"{self.camera}/34020000001310000001" + f"02{t:%Y%m%d%H%M%S}{t.minute * 60 + t.second:05d}.jpg"
        return f"{self.camera}/{t:%Y}/{t:%m}/{t:%d}/192.0.2.65_01_{t:%Y%m%d%H%M%S}{milliseconds:03d}_TIMING.jpg"


ORCHARD = Place(
    "cam_orchard", "orchard", "orchard", "后山果园", "phenocam", 78, 0.45, 1,
    faults=(
        Fault("2024-02-14 21:30:04", "infrared", "infrared", note="night, the camera's own lamps"),
        Fault("2024-02-28 09:10:31", "fog", "fog", note="fog"),
        Fault("2024-04-10 14:02:11", "overexposed", "overexposed", note="exposure stuck"),
        Fault("2024-05-29 14:05:47", "blur", "blur", note="out of focus"),
        Fault("2024-08-28 14:01:20", "obstructed", "leaf", note="a leaf before the lens"),
        Fault("2024-09-11 14:00:09", "truncated", file="truncate", note="file ends early"),
        Fault("2024-10-02 14:03:55", "corrupt", file="garbage", note="bytes that are no picture"),
        Fault("2024-11-20 19:02:36", "dark", "dark", note="after dusk without lamps"),
    ),
    wrong_clock=("1970-01-01 00:12:07", "2024-09-18 15:12:07"), usual_kind="orchard", grown=True,
)  # fmt: skip

MARKET = Place(
    "cam_market", "market", "market_street", "集镇街道", "hikvision", 80, 0.35, 7,
    faults=(
        Fault("2024-05-05 12:10:18", "obstructed", "hand", note="a hand before the lens"),
        Fault("2024-05-08 22:05:12", "infrared", "infrared", note="night, the camera's own lamps"),
        Fault("2024-05-12 12:01:40", "truncated", file="half", note="half-written, zeros to the end"),
        Fault("2024-05-19 13:02:26", "overexposed", "overexposed", note="exposure stuck"),
        Fault("2024-05-23 23:10:51", "infrared", "infrared", note="night, the camera's own lamps"),
        Fault("2024-05-25 12:31:33", "blur", "blur", note="out of focus"),
        Fault("2024-05-29 12:00:57", "corrupt", file="empty", note="empty file"),
    ),
    wrong_clock=("2036-02-07 06:28:16", "2024-06-05 12:28:16"), start=datetime(2024, 5, 1),
    nudge=(30, Shift(6.3, -4.1, 0.25)), turned=(26, 0.40), sticks=True,
    ground=((-6.0, 12.0), (6.0, 12.0), (-12.0, 22.0), (12.0, 22.0), (-8.0, 40.0), (8.0, 40.0)),
    # Lines of the reference picture that keep neighbouring outlines apart: the volumes of plots one behind the other
    # overlap in the picture, outlines drawn by a person don't. What lies right of the way from the first to the second
    # point is kept.
    cuts={
        "b1": [((364, 0), (364, 720))], "b2": [((898, 720), (898, 0))], "b3": [((365, 720), (365, 0))],
        "b4": [((312, 451), (389, 373))], "b5": [((897, 0), (897, 720))],
    },
    kinds={"b4": ("yard", None), "b6": ("field", None)},
    permits=(("b3", "乡字第2024-003号", "2024-04-01", "2024-12-31"),),
)  # fmt: skip

HAMLET = Place(
    "cam_hamlet", "hamlet", "hillside_hamlet", "坡上院子", "dahua", 68, 0.5, 20, size=(960, 540),
    start=datetime(2024, 9, 10), nudge=(19, Shift(-4.0, 3.0, -0.15)), sticks=True,
    faults=(
        Fault("2024-09-14 22:04:30", "infrared", "infrared", note="night, the camera's own lamps"),
        Fault("2024-09-22 12:11:05", "fog", "fog", note="fog"),
        Fault("2024-09-27 12:03:41", "truncated", file="truncate", note="file ends early"),
    ),
    wrong_clock=("1970-01-01 00:02:51", "2024-10-03 12:20:51"),
    kinds={"v1": ("field", "rice"), "v3": ("yard", None)},
)  # fmt: skip

RIVER = Place(
    "cam_river", "river", "riverside", "河边地块", "reolink", 80, 0.4, 30, size=(960, 540),
    start=datetime(2024, 7, 8), nudge=(24, Shift(3.4, 2.2, 0.12)), dusty=(4, 15), zoomed=(36, 36, 1.16),
    faults=(
        Fault("2024-07-18 22:14:20", "infrared", "infrared", note="night, the camera's own lamps"),
        Fault("2024-07-19 08:32:00", "ok", "cloud", note="shadows of single clouds"),
        Fault("2024-08-02 06:05:12", "fog", "fog", note="fog over the river"),
        Fault("2024-08-10 08:31:43", "ok", "cloud", note="shadows of single clouds"),
        Fault("2024-08-09 12:10:33", "truncated", file="half", note="half-written, zeros to the end"),
    ),
    wrong_clock=("2000-01-01 00:03:12", "2024-07-29 12:03:12"), sticks=True,
    cuts={"r1": [((228, 0), (228, 540))], "r2": [((228, 540), (228, 0))]},
    kinds={"r5": ("yard", None), "r6": ("field", "rice"), "r7": ("yard", None)},
)  # fmt: skip

TOWN = Place(
    "cam_town", "town", "town_edge", "镇边高杆", "gb28181", 80, 0.7, 40, size=(960, 540),
    start=datetime(2024, 12, 2), turned=(20, -0.35), firmware=(34, (1280, 720), 62),
    faults=(
        Fault("2024-12-11 20:41:02", "infrared", "infrared", note="night, the camera's own lamps"),
        Fault("2024-12-21 12:07:45", "obstructed", "leaf", note="a leaf before the lens"),
        Fault("2025-01-03 19:30:10", "dark", "dark", note="after dusk without lamps"),
    ),
    cuts={"t4": [((0, 162), (960, 162)), ((140, 160), (260, 190))], "t8": [((260, 190), (140, 160)), ((270, 134), (230, 173))]},
    kinds={"t2": ("field", "vegetables"), "t3": ("yard", None)},
)  # fmt: skip

ROOM = Place("cam_room", "room", "room", "独居老人房间", "reolink", 82, 0.15, 60, size=(640, 360), quiet_days=2, kinds={"q1": ("room", None)}, usual_kind="room")

TERRACE = Place(
    "cam_terrace", "terrace", "terrace", "坡地果园", "hikvision", 78, 0.4, 70, size=(960, 540), start=datetime(2024, 2, 18),
    tinted=(91, 111, (1.24, 1.08, 0.92)), overlay=(190, "KIWI TERRACE 02"), sticks=True, usual_kind="orchard", grown=True,
    states=("weedCover", "standingWater", "wilt", "scorch", "cut"),
    faults=(
        Fault("2024-05-22 22:15:40", "infrared", "insects", note="night, insects in the camera's lamps"),
        Fault("2024-07-02 02:40:11", "infrared", "insects", note="night, insects in the camera's lamps"),
        Fault("2024-09-12 13:05:20", "ok", "insect", note="an insect on the glass"),
    ),
    wrong_clock=("2000-01-01 00:04:10", "2024-07-21 13:04:10"),
)  # fmt: skip

COMMITTED = (ORCHARD, MARKET)
ALL = (*COMMITTED, HAMLET, RIVER, TOWN, ROOM, TERRACE)
