"""The review page in headless Chromium; see scripts/test-browser."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait

import village

PAGES = ["/", "/flags", "/flags?show=all", "/flags/cam-9990", "/plots/b1", "/plots/b1/draw", "/cameras/cam/draw", "/cameras", "/cases", "/cases/new"]

# Text and background of every visible piece of text, with their contrast (WCAG 2.1, 1.4.3); text over pictures is left out.
CONTRAST = """
function parts(c) { var m = c.match(/[0-9.]+/g).map(Number); return m.length < 4 ? m.concat(1) : m; }
function light(c) { var l = c.slice(0, 3).map(function (v) { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); });
  return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; }
var found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  var node = walk.currentNode, e = node.parentElement;
  if (!node.textContent.trim() || !e.checkVisibility({contentVisibilityAuto: true}) || e.closest('svg, .viewer, .skip, script, dialog')) continue;
  var b = e, back = [255, 255, 255, 1];
  while (b) { var c = parts(getComputedStyle(b).backgroundColor); if (c[3] === 1) { back = c; break; } b = b.parentElement; }
  var s = getComputedStyle(e), ink = parts(s.color), x = light(ink), y = light(back);
  var ratio = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  if (ratio < 4.5) found.push(node.textContent.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
}
return found;
"""


class Desk:
    """The server and the browsers at it."""

    def __init__(self, program, folder, shots):
        self.program, self.folder, self.shots = program, folder, shots
        self.browsers, self.failures, self.passed = [], [], 0
        self.port = 0
        self.start()

    def start(self):
        self.server = subprocess.Popen(
            [self.program, "review", str(self.folder), "--port", str(self.port), "--inspector", "王", "--json"],
            stdout=subprocess.PIPE, text=True)
        self.url = json.loads(self.server.stdout.readline())["url"].rstrip("/")
        self.port = int(self.url.rsplit(":", 1)[1])

    def kill(self):
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def browser(self, width=1280, height=900, mobile=False):
        options = webdriver.ChromeOptions()
        for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--window-size={width},{height}"):
            options.add_argument(word)
        if mobile:
            options.add_experimental_option(
                "mobileEmulation", {"deviceMetrics": {"width": width, "height": height, "pixelRatio": 2}})
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self.browsers.append(driver)
        return driver

    def check(self, name, holds, seen=""):
        if holds:
            self.passed += 1
            print(f"ok      {name}", flush=True)
        else:
            self.failures.append(name)
            print(f"FAILED  {name} {seen}", flush=True)

    def end(self):
        for driver in self.browsers:
            driver.quit()
        self.server.terminate()
        self.server.wait()


def wait(driver, seconds):
    """What is replaced while it is looked at is looked at again."""
    return WebDriverWait(driver, seconds, ignored_exceptions=[StaleElementReferenceException])


def key(driver, *keys):
    ActionChains(driver).send_keys(*keys).perform()


def flag_of(driver):
    return driver.current_url.split("/flags/")[-1].split("?")[0]


def leaves(driver, flag):
    wait(driver, 20).until(lambda d: "/flags/" in d.current_url and flag_of(d) != flag)
    wait(driver, 20).until(lambda d: d.execute_script("return document.readyState") == "complete")


def view(driver, name):
    return driver.execute_script(f"return document.getElementById('viewer').dataset.{name}")


def inbox(desk, driver):
    times = []
    for _ in range(3):
        driver.get(desk.url + "/flags")
        paint = "var e = performance.getEntriesByName('first-contentful-paint')[0]; return e ? e.startTime : null"
        times.append(wait(driver, 10).until(lambda d: d.execute_script(paint)))
    print(f"        inbox of {village.FLAGS} flags: first paint {', '.join(f'{t:.0f}' for t in times)} ms")
    desk.check("inbox of 10,000 flags paints first within 1 s", min(times) < 1000, times)
    desk.check("inbox says how many", "10000" in driver.page_source)


def verdicts(desk, driver):
    driver.get(desk.url + "/flags/cam-10000")
    flag = flag_of(driver)
    key(driver, "c")
    leaves(driver, flag)
    desk.check("c confirms", village.standing(desk.folder, flag) == ("confirm", None, "王"), village.standing(desk.folder, flag))
    desk.check("the next flag follows", flag_of(driver) == "cam-9999", flag_of(driver))
    flag = flag_of(driver)
    key(driver, "r")
    key(driver, "2")
    leaves(driver, flag)
    desk.check("r 2 rejects as a shadow", village.standing(desk.folder, flag) == ("reject", "shadow", "王"), village.standing(desk.folder, flag))
    flag = flag_of(driver)
    key(driver, "p")
    key(driver, "乡字第2024-017号", Keys.ENTER)
    leaves(driver, flag)
    desk.check("p takes a permit's number", village.standing(desk.folder, flag) == ("permitted", "乡字第2024-017号", "王"), village.standing(desk.folder, flag))
    flag = flag_of(driver)
    driver.find_element(By.ID, "note").send_keys("太远 c r u")
    desk.check("keys typed into the note are text", flag_of(driver) == flag and village.standing(desk.folder, flag) is None)
    driver.find_element(By.ID, "viewer").click()
    key(driver, "u")
    leaves(driver, flag)
    desk.check("u is unsure", (village.standing(desk.folder, flag) or ("",))[0] == "unsure")
    here = flag_of(driver)
    key(driver, "z")
    leaves(driver, here)
    desk.check("z takes the last verdict back", flag_of(driver) == flag and village.standing(desk.folder, flag) is None)
    key(driver, "j")
    leaves(driver, flag)
    here = flag_of(driver)
    desk.check("j goes on without a verdict", village.standing(desk.folder, flag) is None)
    key(driver, "k")
    leaves(driver, here)
    desk.check("k goes back", flag_of(driver) == flag, flag_of(driver))
    key(driver, "?")
    desk.check("? shows the keys", driver.find_element(By.ID, "help").is_displayed())
    key(driver, "c")
    desk.check("no verdict while the help is open", village.standing(desk.folder, flag) is None)
    key(driver, "?")
    desk.check("? closes them", not driver.find_element(By.ID, "help").is_displayed())
    key(driver, "i")
    wait(driver, 10).until(lambda d: d.current_url.endswith("/flags"))
    desk.check("i goes to the list", True)


def sight(desk, driver):
    driver.get(desk.url + "/flags/cam-9980")
    viewer = driver.find_element(By.ID, "viewer")
    loaded = driver.execute_script(
        "return [...document.querySelectorAll('.stage img')].every(i => i.complete && i.naturalWidth > 0)")
    desk.check("before and after are there", loaded)
    start = float(view(driver, "swipe"))
    line = driver.find_element(By.CSS_SELECTOR, ".line")
    ActionChains(driver).drag_and_drop_by_offset(line, -150, 0).perform()
    desk.check("the line can be dragged", float(view(driver, "swipe")) < start - 5, view(driver, "swipe"))
    key(driver, "s")
    sides = [view(driver, "swipe")]
    key(driver, "s")
    sides.append(view(driver, "swipe"))
    desk.check("s shows one side, then the other", sides == ["100", "0"], sides)
    key(driver, "m")
    desk.check("m shows the mask", view(driver, "marks") == "mask" and driver.find_element(By.CSS_SELECTOR, ".mask").is_displayed())
    key(driver, "m", "m")
    desk.check("m goes round", view(driver, "marks") == "outline", view(driver, "marks"))
    key(driver, "b")
    desk.check("b blinks", driver.find_element(By.ID, "blink").get_attribute("aria-pressed") == "true")
    key(driver, "b")
    key(driver, "0")
    desk.check("0 shows the whole picture", float(view(driver, "scale")) == 1)
    key(driver, "+", "+", "+")
    scale = float(view(driver, "scale"))
    desk.check("+ zooms in", scale > 3, scale)
    driver.execute_script("arguments[0].focus()", viewer)
    before = driver.find_element(By.CSS_SELECTOR, ".stage").get_attribute("style")
    key(driver, Keys.ARROW_LEFT)
    desk.check("arrows move the picture", driver.find_element(By.CSS_SELECTOR, ".stage").get_attribute("style") != before)
    flag = flag_of(driver)
    key(driver, "j")
    leaves(driver, flag)
    desk.check("the zoom stays from flag to flag", abs(float(view(driver, "scale")) - scale) < 0.01, view(driver, "scale"))
    key(driver, "f")
    strip = driver.find_elements(By.CSS_SELECTOR, ".strip a")
    if strip:
        strip[0].click()
        desk.check("a capture of the strip takes the place of after", "/pictures/capture/" in driver.find_element(By.CSS_SELECTOR, ".after img").get_attribute("src"))


def reasons(desk, driver):
    driver.get(desk.url + "/flags/cam-9900")
    keys = [(b.get_attribute("data-key"), b.get_attribute("value")) for b in driver.find_elements(By.CSS_SELECTOR, "#reject button[data-key]")]
    for pressed, reason in keys:
        flag = flag_of(driver)
        key(driver, "r")
        key(driver, pressed)
        leaves(driver, flag)
        stored = village.standing(desk.folder, flag)
        desk.check(f"r {pressed} rejects as {reason}", stored and stored[:2] == ("reject", reason), stored)


def cases(desk, driver):
    driver.get(desk.url + "/flags/cam-9880")
    key(driver, "o")
    key(driver, "李", Keys.ENTER)
    leaves(driver, "cam-9880")
    number = driver.find_element(By.CSS_SELECTOR, ".flash").text.split()[-3]
    desk.check("o opens a case and gives it to a grid member", village.case(desk.folder, number) == ("dispatched", "李"), village.case(desk.folder, number))
    desk.check("and confirms the flag", village.standing(desk.folder, "cam-9880") == ("confirm", None, "王"))
    desk.kill()
    desk.check("a killed server has lost no case", village.case(desk.folder, number) == ("dispatched", "李"))
    desk.start()
    driver.get(desk.url + "/cases")
    driver.find_element(By.PARTIAL_LINK_TEXT, number).click()
    desk.check("the list leads to the case", driver.current_url.endswith("/cases/" + number))
    driver.find_element(By.ID, "note").send_keys("已到现场，正在砌墙")
    driver.find_element(By.CSS_SELECTOR, "button[value=checked]").click()
    wait(driver, 10).until(lambda d: "已到现场，正在砌墙" in d.execute_script("return document.getElementById('main').innerText"))
    desk.check("the next step takes the note along", village.case(desk.folder, number)[0] == "checked")
    shown = driver.execute_script("return [...document.querySelectorAll('.shots img')].map(i => i.complete && i.naturalWidth > 0)")
    desk.check("before and after stand on the case", shown == [True, True], shown)
    driver.get(desk.url + "/cases/new")
    driver.find_element(By.NAME, "title").send_keys("路灯不亮")
    driver.find_element(By.CSS_SELECTOR, "button.main").click()
    wait(driver, 10).until(lambda d: "/cases/2" in d.current_url)
    desk.check("an appeal is entered by hand", "路灯不亮" in driver.find_element(By.TAG_NAME, "h1").text)
    driver.get(desk.url + "/plots/b1")
    desk.check("the plot lists its cases", number in driver.page_source)
    return "/cases/" + number


def focus(desk, driver):
    """Everything that can be pressed is reached by Tab and shows that it is."""
    driver.get(desk.url + "/flags/cam-9870")
    driver.find_element(By.TAG_NAME, "body").send_keys(Keys.NULL)
    reached, plain = set(), []
    for _ in range(60):
        key(driver, Keys.TAB)
        seen = driver.execute_script(
            "var e = document.activeElement, s = getComputedStyle(e);"
            "return [e.id || e.textContent.trim().slice(0, 20), s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0]")
        if driver.execute_script("return document.activeElement === document.body"):
            continue
        reached.add(seen[0])
        if not seen[1]:
            plain.append(seen[0])
    desk.check("Tab reaches picture, verdicts, note and next", {"viewer", "confirm", "unsure", "note", "next"} <= reached, reached)
    desk.check("and what is reached is outlined", not [name for name in plain if name], plain)


def many(desk, driver):
    driver.get(desk.url + "/flags/cam-9970")
    begun = time.time()
    for number in range(20):
        flag = flag_of(driver)
        key(driver, *("c", "u")[number % 2: number % 2 + 1]) if number % 3 else (key(driver, "r"), key(driver, "1"))
        leaves(driver, flag)
    print(f"        20 flags by keyboard: {time.time() - begun:.0f} s of machine time")
    desk.check("20 flags by keyboard", all(village.standing(desk.folder, f"cam-{9970 - n}") for n in range(20)))


def two(desk, first, second):
    first.get(desk.url + "/flags/cam-9940")
    second.get(desk.url + "/flags/cam-9940")
    key(first, "c")
    leaves(first, "cam-9940")
    wait(second, 15).until(lambda d: d.find_element(By.ID, "meanwhile").is_displayed())
    desk.check("the second is told that the first has decided", "王" in second.find_element(By.ID, "meanwhile").text)
    key(second, "u")
    wait(second, 10).until(lambda d: d.find_elements(By.CSS_SELECTOR, ".stands"))
    desk.check("the second's verdict is not stored", village.standing(desk.folder, "cam-9940")[0] == "confirm")


def killed(desk, driver):
    driver.get(desk.url + "/flags/cam-9930")
    key(driver, "c")
    leaves(driver, "cam-9930")
    desk.kill()
    desk.check("a killed server has lost no verdict", (village.standing(desk.folder, "cam-9930") or ("",))[0] == "confirm")
    desk.start()
    driver.get(desk.url + "/flags/cam-9930")
    desk.check("and shows it when it is back", driver.find_elements(By.CSS_SELECTOR, ".stands") != [])


def draw(desk, driver):
    file = desk.folder / "site.yaml"
    before = file.read_text(encoding="utf-8")
    driver.get(desk.url + "/plots/y1/draw")
    canvas = driver.find_element(By.CSS_SELECTOR, "#canvas svg")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", canvas)
    ActionChains(driver).move_to_element_with_offset(canvas, 0, 0).click().perform()
    corners = driver.find_element(By.ID, "points").get_attribute("value").split()
    desk.check("a click adds a corner", len(corners) == 5, corners)
    key(driver, Keys.ARROW_RIGHT)
    desk.check("an arrow moves it", driver.find_element(By.ID, "points").get_attribute("value").split() != corners)
    key(driver, Keys.DELETE)
    handle = driver.find_elements(By.CSS_SELECTOR, "#handles circle")[0]
    ActionChains(driver).drag_and_drop_by_offset(handle, 30, 20).perform()
    driver.find_element(By.CSS_SELECTOR, "button.main").click()
    wait(driver, 10).until(lambda d: "saved=1" in d.current_url)
    after = file.read_text(encoding="utf-8")
    changed = [(a, b) for a, b in zip(before.splitlines(), after.splitlines()) if a != b]
    same = len(before.splitlines()) == len(after.splitlines())
    desk.check("a dragged corner is saved, and nothing else changes", same and len(changed) == 1 and "id: y1" in changed[0][1], changed)


def ground(desk, driver):
    driver.get(desk.url + "/")
    if driver.find_elements(By.ID, "ground"):
        wait(driver, 10).until(lambda d: d.find_element(By.ID, "ground").get_attribute("data-plots"))
        shapes = driver.find_elements(By.CSS_SELECTOR, "#ground path.leaflet-interactive")
        desk.check("the plots lie on the ground", len(shapes) == 2, len(shapes))
        ActionChains(driver).move_to_element(shapes[0]).click().perform()
        wait(driver, 10).until(lambda d: "/plots/" in d.current_url)
        desk.check("a plot of the map leads to its page", True)
    else:
        desk.check("without Leaflet the page says so", "libjs-leaflet" in driver.page_source)


def season(desk, driver):
    driver.get(desk.url + "/plots/b1")
    if driver.find_elements(By.ID, "day"):
        source = driver.find_element(By.CSS_SELECTOR, ".lapse img").get_attribute("src")
        driver.execute_script("var d = document.getElementById('day'); d.value = 0; d.dispatchEvent(new Event('input'))")
        desk.check("the date slider changes the picture", driver.find_element(By.CSS_SELECTOR, ".lapse img").get_attribute("src") != source)


def locked(desk):
    desk.kill()
    words = "four words are enough"
    subprocess.run(
        [desk.program, "review", str(desk.folder), "--set-passphrase"], check=True, stderr=subprocess.DEVNULL,
        env={**os.environ, "PLOTWATCH_PASSPHRASE": words})
    desk.start()
    driver = desk.browser(390, 844, True)
    driver.get(desk.url + "/flags/cam-9000")
    desk.check("with a passphrase nothing is shown before signing in", "/login" in driver.current_url and "cam-9000" not in driver.find_element(By.TAG_NAME, "main").text)
    for passphrase, name in (("wrong wrong wrong", "李"), (words, "李")):
        field = driver.find_element(By.CSS_SELECTOR, "main input[name=name]")
        field.clear()
        field.send_keys(name)
        driver.find_element(By.NAME, "passphrase").send_keys(passphrase)
        driver.find_element(By.CSS_SELECTOR, "main button").click()
        wait(driver, 20).until(staleness_of(field))
        wait(driver, 20).until(lambda d: d.find_elements(By.CSS_SELECTOR, ".fault[role=alert], #flag"))
        if desk.shots and passphrase != words:
            driver.save_screenshot(str(Path(desk.shots) / "phone-login.png"))
        shown = bool(driver.find_elements(By.ID, "flag"))
        desk.check(f"a {'right' if passphrase == words else 'wrong'} passphrase", shown == (passphrase == words))
    driver.find_element(By.ID, "confirm").click()
    leaves(driver, "cam-9000")
    desk.check("the verdict carries the name that signed in", village.standing(desk.folder, "cam-9000") == ("confirm", None, "李"))


def looks(desk, pages):
    for name, width, height, mobile in (("desk", 1280, 900, False), ("phone", 390, 844, True)):
        driver = desk.browser(width, height, mobile)
        for language in ("zh-CN", "en"):
            driver.get(desk.url + "/cameras")
            if driver.find_element(By.TAG_NAME, "html").get_attribute("lang") != language:
                driver.find_element(By.CSS_SELECTOR, "button[name=language]").click()
                wait(driver, 10).until(lambda d: d.find_element(By.TAG_NAME, "html").get_attribute("lang") == language)
            for path in pages:
                driver.get(desk.url + path)
                over = driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                faint = driver.execute_script(CONTRAST)
                desk.check(f"{name} {language} {path}: no sideways scrolling", over <= 0, over)
                desk.check(f"{name} {language} {path}: contrast of 4.5 and more", not faint, faint)
                if desk.shots:
                    page = path.strip("/").replace("/", "-").replace("?", "-").replace("=", "-") or "overview"
                    time.sleep(0.3)
                    driver.save_screenshot(str(Path(desk.shots) / f"{name}-{language}-{page}.png"))


def main(program, pictures, shots):
    if shots:
        os.makedirs(shots, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="plotwatch-browser-")
    desk = None
    try:
        desk = Desk(program, village.build(folder, program, pictures), shots)
        first, second = desk.browser(), desk.browser()
        inbox(desk, first)
        verdicts(desk, first)
        sight(desk, first)
        many(desk, first)
        two(desk, first, second)
        reasons(desk, first)
        focus(desk, first)
        killed(desk, first)
        case = cases(desk, first)
        draw(desk, first)
        season(desk, first)
        ground(desk, first)
        looks(desk, PAGES + [case])
        locked(desk)
        # A page left while a picture was under way is no fault; a refused script or style is.
        words = [entry["message"] for driver in desk.browsers for entry in driver.get_log("browser")]
        faults = [word for word in words if "Content Security Policy" in word or "TypeError" in word or "ReferenceError" in word]
        desk.check("no script failed and nothing was against the policy", not faults, faults[:3])
    finally:
        if desk:
            desk.end()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{desk.passed} passed, {len(desk.failures)} failed")
    return 1 if desk.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""))
