"""Breaks a copy of the truth in every way that matters; each must be told.   python -m unittest test_check_truth.py"""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

import check_truth
import jsonschema
import runlength

SCHEMA = jsonschema.Draft202012Validator(json.loads((check_truth.ROOT / "truth.schema.json").read_text(encoding="utf-8")))


class Broken(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / "flock"
        shutil.copytree(check_truth.ROOT / "flock", self.folder)
        self.path = self.folder / "truth/cam_flock.json"

    def told(self, change):
        made = json.loads(self.path.read_text(encoding="utf-8"))
        change(made)
        self.path.write_text(json.dumps(made), encoding="utf-8")
        return list(check_truth.document_faults(self.folder, self.path, SCHEMA))

    def test_whole(self):
        self.assertEqual(list(check_truth.manifest_faults(self.folder)), [])
        self.assertEqual(self.told(lambda made: None), [])

    def test_document(self):
        boxed = {"id": 9999, "image_id": 1, "category_id": 4, "bbox": [1, 1, 5, 5], "area": 25, "iscrowd": 0}
        whole = self.path.read_text(encoding="utf-8")
        for change in (
            lambda m: m.pop("camera"), lambda m: m["images"][0].update(condition="nice"), lambda m: m["images"][0].update(width=640),
            lambda m: m["images"][0].update(file_name="cam_flock/none.jpg"), lambda m: m["images"][0].pop("date_captured"),
            lambda m: m["images"].append(dict(m["images"][0])), lambda m: m["annotations"].append({**boxed, "image_id": 9999}),
            lambda m: m["annotations"].append({**boxed, "bbox": [1270, 1, 50, 5]}), lambda m: m["annotations"].append({**boxed, "visibility": 1.5}),
            lambda m: m["annotations"].append({**boxed, "segmentation": {"size": [720, 1280], "counts": "123"}}),
            lambda m: m["readings"][0].update(plot="f9"), lambda m: m["readings"][0].update(bloom=-0.1), lambda m: m.update(extra=1),
            lambda m: m.update(events=[{"plot": "f9", "what": "frost", "from": "2024-04-03"}]), lambda m: m.update(events=[{"what": "frost"}]),
            lambda m: m.update(events=[{"plot": "f1", "what": "frost", "from": "2024-04-03", "until": "2024-04-02"}]),
        ):  # fmt: skip
            self.path.write_text(whole, encoding="utf-8")
            self.assertNotEqual(self.told(change), [])

    def test_manifest(self):
        (self.folder / "archive/stray.jpg").write_bytes(b"")
        picture = next((self.folder / "archive").rglob("cam*.jpg"))
        picture.write_bytes(picture.read_bytes()[:-1])
        self.path.unlink()
        self.assertEqual(len(list(check_truth.manifest_faults(self.folder))), 3)

    def test_lists(self):
        """Of pictures that no camera took: a picture less, a line less, a line that can't be."""
        for name, listed, false in (
            ("nadir", "pairs.csv", lambda t: t.replace("parallax,,", "parallax,shed,")), ("yards", "yards.json", lambda t: t.replace("true", "false", 1)),
            ("fruit", "trays.json", lambda t: t.replace('"ratio": 0.', '"ratio": 1.', 1)),
        ):  # fmt: skip
            folder = self.folder.with_name(name)
            shutil.copytree(check_truth.ROOT / name, folder)
            self.assertEqual(list(check_truth.list_faults(folder)), [])
            path = folder / "truth" / listed
            whole = path.read_text(encoding="utf-8")
            path.write_text(false(whole), encoding="utf-8")
            self.assertEqual(len(list(check_truth.list_faults(folder))), 1)
            path.write_text(whole, encoding="utf-8")
            next((folder / "archive").rglob("*.jpg")).unlink()
            self.assertEqual(len(list(check_truth.list_faults(folder))), 1)

    def test_run_lengths(self):
        self.assertEqual(runlength.unpacked("052203"), [0, 5, 2, 7, 2, 10])
        self.assertEqual(runlength.unpacked("P1"), [32])
        for runs in ([0, 5, 2, 7], [1], [3, 1000000, 1, 1, 4096, 31, 32, 33]):
            self.assertEqual(runlength.unpacked(runlength.packed(runs)), runs)


if __name__ == "__main__":
    unittest.main()
