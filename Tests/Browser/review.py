"""The page of `splitseal review` in a browser: decides by keyboard, survives a kill, shows hostile names, keeps nobody out."""

import json
import os
import signal
import statistics
import subprocess
import sys
import time

from PIL import Image, ImageDraw, ImageFilter
from selenium.webdriver.common.keys import Keys

from browser import Browser, Check, folder, splitseal

check = Check()


class Review:
    """A running review; `kill` ends it as nothing can be done against."""

    def __init__(self, *arguments, cwd):
        self.program = subprocess.Popen(["splitseal", "review", "--no-open", *map(str, arguments)], cwd=cwd,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.address = ""
        while not self.address.startswith("http://"):
            self.address = self.program.stdout.readline().strip()
            if self.program.poll() is not None:
                sys.exit(f"error: splitseal review ended: {self.program.stderr.read()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.program.poll() is None:
            self.program.send_signal(signal.SIGINT)
            self.program.communicate(timeout=20)
            check.equal(self.program.returncode, 0, "the review ends with 0 after Ctrl-C")

    def kill(self):
        self.program.kill()
        self.program.communicate()


def settled(browser, condition="document.body.dataset.shown", seconds=10):
    """Waits until the page has shown a pair and is at rest, and tells how long it took in milliseconds."""
    began = time.perf_counter()
    while not browser.run(f"return Boolean({condition})"):
        check(time.perf_counter() - began < seconds, f"the page did not come to rest: {condition}")
        time.sleep(0.002)
    return 1000 * (time.perf_counter() - began)


def text(browser, name):
    return browser.run("return document.getElementById(arguments[0]).textContent", name)


def shown(browser):
    return browser.run("return document.body.dataset.shown")


def decide(browser, key):
    """Presses a key that decides, and waits until the page says that it is saved."""
    before = shown(browser)
    browser.run("document.getElementById('said').textContent = ''")
    browser.press(key)
    settled(browser, "document.getElementById('said').textContent.startsWith('Saved')")
    settled(browser, f"document.body.dataset.shown && document.body.dataset.shown !== '{before}'")


def twenty_by_keyboard():
    """Decides twenty pairs by keyboard alone; after a kill -9 they are there."""
    with folder() as place:
        subprocess.run(["make-liveness", "live"], cwd=place, check=True, capture_output=True)
        # Fewer than twenty pairs are reported: those that are hardly alike are asked as well.
        with Review("live/manifest.csv", "--by", "Ann", "--min-score", "0", cwd=place) as review, Browser() as browser:
            browser.open(review.address)
            settled(browser)
            check("token" not in browser.run("return location.href"), "the token is still in the address")
            keys = "sdsusddsssuddsdsdsds"
            for key in keys:
                decide(browser, key)
            review.kill()
            lines = [json.loads(line) for line in (place / "live/.splitseal/decisions.jsonl").read_text().splitlines()]
            words = {"s": "same", "d": "different", "u": "unsure"}
            check.equal([line["decision"] for line in lines], [words[key] for key in keys], "decisions on the disk")
            check.equal({line["by"] for line in lines}, {"Ann"}, "who decided")
            check.equal(len({line["finding"] for line in lines}), 20, "pairs decided")
            # The page says that the program is gone, and that nothing is saved.
            browser.press("s")
            settled(browser, "!document.getElementById('trouble').hidden")
            check("nothing more is saved" in text(browser, "trouble"), "the page does not say that the program is gone")
        with Review("live/manifest.csv", "--min-score", "0", cwd=place) as review, Browser() as browser:
            browser.open(review.address)
            settled(browser)
            check("20 decided" in text(browser, "position"), f"after the restart: {text(browser, 'position')}")
            check.equal(text(browser, "decided"), "Not decided yet.", "the first pair after the restart")
            browser.press("k")
            settled(browser, "document.getElementById('decided').textContent.startsWith('Decided: same by Ann')")
            check("looked at" in text(browser, "measures"), "there is no progress")
            views_and_undo(browser)
            no_motion(browser)
            two_windows(browser)
            looks(browser)
            check.none(browser.complaints(), "the console")


def views_and_undo(browser):
    """The views, going to a number, reasons and undo, all by keyboard."""
    for key, view in [("f", "flicker"), ("o", "overlay"), ("x", "difference")]:
        browser.press(key)
        check.equal(browser.run("return document.getElementById('stage').className"), f"stacked {view}", f"after {key}")
        check.equal(browser.run("return document.querySelectorAll('#evaluated .frame img').length"), 2, f"pictures after {key}")
        if view == "flicker":
            # The first one also ends what goes on by itself.
            browser.press(" ")
            away = "return document.querySelector('.over').classList.contains('away')"
            before = browser.run(away)
            browser.press(" ")
            check.equal(browser.run(away), not before, "after Space")
        browser.press(key)
        check.equal(browser.run("return document.getElementById('stage').className"), "", f"after {key} again")
    browser.press("g", "2", "1", Keys.ENTER)
    settled(browser, "document.getElementById('position').textContent.startsWith('Pair 21 of')")
    settled(browser)
    browser.press("D", "two scenes", Keys.ENTER)
    settled(browser, "document.getElementById('said').textContent.includes('pair 21 is different')")
    settled(browser, "document.getElementById('position').textContent.startsWith('Pair 22 of')")
    settled(browser)
    browser.press("z")
    settled(browser, "document.getElementById('said').textContent.startsWith('Undone: pair 21 is not decided any more')")
    decide(browser, "u")
    browser.press("g", "2", "1", Keys.ENTER)
    settled(browser, "document.getElementById('decided').textContent.startsWith('Decided: unsure')")
    settled(browser)
    browser.press("c")
    settled(browser, "document.getElementById('said').textContent.startsWith('Saved: pair 21 is not decided')")
    settled(browser)
    # A key that is held down decides once.
    browser.run("document.dispatchEvent(new KeyboardEvent('keydown', {key: 's', repeat: true, bubbles: true}))")
    check.equal(text(browser, "decided"), "Not decided yet.", "after a key that is held down")
    browser.press("?")
    check(browser.run("return document.getElementById('help').open"), "? shows no help")
    check.none(browser.violations(), "axe, help")
    browser.press(Keys.ESCAPE)


def no_motion(browser):
    """Pictures flicker by themselves, and only by hand where the system asks for less motion."""
    away = "document.querySelector('.over').classList.contains('away')"
    browser.press("f")
    settled(browser, away)
    settled(browser, f"!{away}")
    browser.press("f")
    browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    browser.press("f")
    time.sleep(1.2)
    check(not browser.run(f"return {away}"), "pictures flicker although less motion is asked for")
    browser.press(" ")
    check(browser.run(f"return {away}"), "Space does not swap where less motion is asked for")
    browser.press("f")
    browser.scheme(False)


def two_windows(browser):
    """What one window decides the other one shows; a decision on what is not decided any more is refused."""
    driver = browser.driver
    first, address = driver.current_window_handle, browser.run("return location.href")
    browser.press("g", "2", "3", Keys.ENTER)
    settled(browser, "document.getElementById('position').textContent.startsWith('Pair 23 of')")
    settled(browser)
    pair = shown(browser)
    driver.switch_to.new_window("tab")
    browser.open(address)
    settled(browser)
    browser.press("g", "2", "3", Keys.ENTER)
    settled(browser, f"document.body.dataset.shown === '{pair}'")
    decide(browser, "s")
    driver.close()
    driver.switch_to.window(first)
    settled(browser, "document.getElementById('decided').textContent.startsWith('Decided: same')")
    # A window that has not heard of it yet.
    browser.run("return fetch(document.body.dataset.folder + 'api/undo', {method: 'POST', headers: {'Content-Type': 'application/json'},"
                " body: '{}'}).then(() => document.dispatchEvent(new KeyboardEvent('keydown', {key: 'd'})))")
    settled(browser, "document.getElementById('trouble').textContent.includes('decided in the meantime')")
    settled(browser, "document.getElementById('decided').textContent === 'Not decided yet.'")
    browser.press("u")
    settled(browser, "document.getElementById('said').textContent.startsWith('Saved: pair 23 is unsure')")
    check(browser.run("return document.getElementById('trouble').hidden"), "the trouble stays after a decision that was saved")
    browser.complaints()


def looks(browser):
    """No violation of the rules of accessibility and no page that scrolls sideways, in both sizes and schemes."""
    for width, height in [(1280, 900), (390, 844)]:
        for dark in [False, True]:
            browser.size(width, height)
            browser.scheme(dark)
            name = f"review-{width}-{'dark' if dark else 'light'}"
            time.sleep(0.2)
            browser.shot(name)
            check.none(browser.violations(), f"axe, {name}")
            check(not browser.scrolls_sideways(), f"{name} scrolls sideways")
            if width == 390:
                widest = browser.run("return Math.max(...[...document.querySelectorAll('#stage img')].map(e => e.getBoundingClientRect().right))")
                check(widest <= width, f"{name}: a picture ends at {widest}")
    browser.size(1280, 900)
    browser.scheme(False)


def picture(seed, shift=0):
    """A drawing that no other seed is like."""
    image = Image.new("RGB", (96, 96), (seed * 37 % 256, seed * 59 % 256, seed * 83 % 256))
    draw = ImageDraw.Draw(image)
    state = seed * 7919 + 17
    for _ in range(24):
        state = (state * 1103515245 + 12345) % (1 << 31)
        x, y, r = state % 96, (state >> 8) % 96, 5 + (state >> 16) % 22
        draw.ellipse([x - r + shift, y - r, x + r + shift, y + r], fill=(state >> 3 & 255, state >> 11 & 255, state >> 19 & 255))
    return image


def hostile_names():
    """Names that are scripts, quotes, right-to-left marks, or 4 KB long act nowhere."""
    names = ["<script>alert(1)<!---->.png", "\"><img src=x onerror=alert(2)>.png", "a\u202egnp.exe.png", "{{folder}}&amp;'.png",
             "__proto__.png"]
    with folder() as place:
        rows = ["path,split,label"]
        for number, name in enumerate(names):
            long = "y" * 200 + "/"
            where = f"images/{long * 15}" if number == 4 else "images/"
            (place / where).mkdir(parents=True, exist_ok=True)
            picture(number).save(place / f"images/{number}.png")
            path = where + name.replace("/", "")
            os.makedirs(place / where, exist_ok=True)
            # The endings promise PNG; what counts is what is in the file.
            picture(number).save(place / path, "JPEG", quality=85)
            label = ["<b>bold</b>", "javascript:alert(3)", "\u202elabel", "x" * 4000, "'\""][number].replace('"', '""')
            quoted = path.replace('"', '""')
            rows += [f"images/{number}.png,train,a", f"\"{quoted}\",\"te<i>st\",\"{label}\""]
        (place / "list.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        arguments = ["list.csv", "--role", "te<i>st=test", "--by", "<u>Mallory</u>\u202e", "--min-score", "0"]
        with Review(*arguments, cwd=place) as review, Browser() as browser:
            browser.open(review.address)
            settled(browser)
            count = int(text(browser, "position").split(" of ")[1].split(",")[0])
            check(count >= len(names), f"{count} pairs of hostile names")
            seen = ""
            for _ in range(count):
                browser.press("d")
                settled(browser, "document.getElementById('said').textContent.startsWith('Saved')")
                settled(browser)
                seen += browser.run("return document.body.innerText")
                check.equal(browser.run("return document.querySelectorAll('main script, main i, main b, main u, img[src=x]').length"), 0,
                            "elements that come from names")
                check(not browser.scrolls_sideways(), "a name makes the page scroll sideways")
                browser.run("document.getElementById('said').textContent = ''")
            check("<script>alert(1)" in seen and "\\u{202e}" in seen, "hostile names are not shown as they are")
            check("\u202e" not in seen, "a name turns the reading direction")
            browser.size(390, 844)
            time.sleep(0.2)
            check(not browser.scrolls_sideways(), "hostile names scroll sideways on a phone")
            check.none(browser.violations(), "axe, hostile names")
            browser.shot("review-hostile-390")
            check.none(browser.complaints(), "the console with hostile names")


def many():
    """A page of ten thousand pairs: from the key to the next picture shown."""
    with folder() as place:
        base = picture(1).filter(ImageFilter.GaussianBlur(1))
        for split, count in [("train", 400), ("test", 900)]:
            (place / f"set/{split}").mkdir(parents=True)
            for number in range(count):
                image = base.copy()
                # One pixel is each one's own, so that no two are equal.
                image.putpixel((number % 96, 80 + number // 96), (255, 0, 0) if split == "test" else (0, 0, 255))
                image.save(place / f"set/{split}/{number}.png")
        with Review("set", "--min-score", "0", cwd=place) as review, Browser() as browser:
            browser.open(review.address)
            first = settled(browser, seconds=30)
            count = int(text(browser, "position").split(" of ")[1].split(",")[0].split(" ")[0].replace(",", "") or 0)
            times = []
            for _ in range(60):
                before = shown(browser)
                began = time.perf_counter()
                browser.press("j")
                settled(browser, f"document.body.dataset.shown && document.body.dataset.shown !== '{before}'")
                times.append(1000 * (time.perf_counter() - began))
            saves = []
            for _ in range(20):
                began = time.perf_counter()
                decide(browser, "s")
                saves.append(1000 * (time.perf_counter() - began))
            total = browser.run("return document.getElementById('position').textContent")
            print(f"  {total}: first pair {first:.0f} ms, next picture {statistics.median(times):.0f} ms"
                  f" (slowest {max(times):.0f}), decided, saved and next {statistics.median(saves):.0f} ms, as the driver sees it")
            browser.press("g", "9", "9", "9", "9", Keys.ENTER)
            settled(browser, "document.getElementById('position').textContent.startsWith('Pair 9,999')")
            settled(browser)
            check.none(browser.complaints(), "the console with many pairs")


if __name__ == "__main__":
    twenty_by_keyboard()
    hostile_names()
    many()
    print(f"  {check.count} checks held")
