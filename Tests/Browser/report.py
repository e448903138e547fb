"""The page of `--html` in a browser: shows the right pictures, filters, reads without a script, lets no name act."""

import io
import json
import pathlib
import random
import statistics
import subprocess
import tarfile
import time

from PIL import Image, ImageChops, ImageDraw, ImageOps, ImageStat
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import Browser, Check, folder, splitseal

check = Check()
SHOWN = "return document.querySelectorAll('.pair:not([hidden])').length"


def choose(browser, name, value):
    """Sets a field of the form as a person would, and gives the number of pairs that are left."""
    browser.run("const e = document.getElementById(arguments[0]); e.value = arguments[1];"
                "e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true}))", name, value)
    return browser.run(SHOWN)


def drawn(browser, pair, number):
    """What a browser draws of a picture of a pair, without what is around it, as an image."""
    box = browser.driver.find_elements(By.CSS_SELECTOR, f"#pair-{pair} .pic")[number]
    browser.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", box)
    time.sleep(0.2)
    image = Image.open(io.BytesIO(box.screenshot_as_png)).convert("RGB")
    width, height = map(float, box.get_dom_attribute("viewBox").split()[2:])
    scale = min(image.width / width, image.height / height)
    left, top = (image.width - width * scale) / 2, (image.height - height * scale) / 2
    return image.crop((round(left) + 2, round(top) + 2, round(left + width * scale) - 2, round(top + height * scale) - 2))


def likeness(image, path):
    """Mean distance of the levels of a drawn picture from its file's, both at 48 x 48: fine stripes do not survive a small JPEG."""
    with Image.open(path) as file:
        wanted = ImageOps.exif_transpose(file).convert("RGB").resize((48, 48), Image.BOX)
    return statistics.mean(ImageStat.Stat(ImageChops.difference(image.resize((48, 48), Image.BOX), wanted)).mean)


def liveness():
    with folder() as place:
        subprocess.run(["make-liveness", place / "data"], check=True, capture_output=True)
        splitseal("scan", "data/manifest.csv", "--quiet", "--html", "report.html", "--json", "report.json", cwd=place)
        report = json.loads((place / "report.json").read_text())
        leaks = [f for f in report["findings"] if f["rule"] in ("exact-duplicate", "near-duplicate")]
        with Browser() as browser:
            browser.open(place / "report.html")
            check.equal([u for u in browser.requests() if not u.startswith("data:")], [(place / "report.html").resolve().as_uri()],
                        "addresses that the page asked for")
            check(browser.run("return document.querySelector('h1').textContent").startswith("FAIL: "), "the verdict is not first")
            check.equal(browser.run(SHOWN), len(leaks), "pairs shown")
            paths = browser.run("return [...document.querySelectorAll('.pair')].map(p => [...p.querySelectorAll('.path')].map(c => c.textContent))")
            check.equal(sorted(map(sorted, paths)), sorted(sorted(s["path"] for s in f["samples"]) for f in leaks), "paths of the pairs")
            for pair, names in enumerate(paths, 1):
                rank = int(browser.run(f"return document.querySelectorAll('.pair')[{pair - 1}].id.slice(5)"))
                for number, name in enumerate(names):
                    distance = likeness(drawn(browser, rank, number), place / "data" / name)
                    check(distance < 20, f"pair {rank} does not show {name}: {distance:.1f} levels apart")
            filters(browser, leaks)
            keys(browser)
            browser.open(place / "report.html")
            for width in (1280, 390):
                for dark in (False, True):
                    browser.size(width, 900)
                    browser.scheme(dark)
                    browser.run("scrollTo(0, 0)")
                    time.sleep(0.3)
                    check.none(browser.violations(), f"axe at {width}, dark {dark}")
                    check(not browser.scrolls_sideways(), f"the page scrolls sideways at {width}")
                    browser.shot(f"report-{width}{'-dark' if dark else ''}")
                    browser.run("document.getElementById('pairs').scrollIntoView({behavior: 'instant'})")
                    time.sleep(0.3)
                    browser.shot(f"report-pairs-{width}{'-dark' if dark else ''}")
            check.none(browser.complaints(), "the console")
            browser.scheme(False)
            pages = browser.command("Page.printToPDF")["data"]
            check(len(pages) < 6_000_000, f"printed, the page has {len(pages)} bytes")
        without_script(place)


def filters(browser, leaks):
    exact = sum(f["rule"] == "exact-duplicate" for f in leaks)
    check.equal(choose(browser, "by-rule", "exact-duplicate"), exact, "pairs of exact-duplicate")
    check.equal(browser.run("return document.getElementById('count').value"), f"{exact} of {len(leaks)} pairs", "what is said of the filter")
    choose(browser, "by-rule", "")
    splits = browser.run("return [...document.getElementById('by-splits').options].map(o => o.value).filter(Boolean)")
    check.equal(sum(choose(browser, "by-splits", value) for value in splits), len(leaks), "pairs by pair of splits")
    choose(browser, "by-splits", "")
    labels = browser.run("return [...document.getElementById('by-class').options].map(o => o.value).filter(Boolean)")
    check(all(0 < choose(browser, "by-class", value) < len(leaks) for value in labels), "a class filters nothing")
    choose(browser, "by-class", "")
    name = leaks[0]["samples"][0]["path"]
    check(1 <= choose(browser, "find", name.upper()) < len(leaks), "the search for a path finds nothing, or all")
    choose(browser, "find", "")
    check.equal(choose(browser, "order", "least"), len(leaks), "pairs in another order")
    ranks = browser.run("return [...document.querySelectorAll('.pair')].map(p => Number(p.id.slice(5)))")
    check.equal(ranks, sorted(ranks, reverse=True), "the least alike first")
    choose(browser, "order", "")
    check.equal(browser.run(SHOWN), len(leaks), "pairs after all filters")


def keys(browser):
    browser.run("document.activeElement.blur(); scrollTo(0, 0)")
    browser.press("j")
    check.equal(browser.run("return document.activeElement.id"), "pair-1", "the first pair after j")
    before = drawn(browser, 1, 0)
    browser.press("d")
    after = drawn(browser, 1, 0)
    levels = [statistics.mean(ImageStat.Stat(image).mean) for image in (before, after)]
    check(levels[0] > 60 and levels[1] < 6, f"the difference of equal pictures is not black: {levels}")
    browser.press("d", "j")
    second = browser.run("return document.activeElement.id")
    browser.press("k")
    check(second != "pair-1" and browser.run("return document.activeElement.id") == "pair-1", "j and k go forth and back")
    browser.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    browser.run("document.querySelector('#pair-1 .copy').click()")
    time.sleep(0.3)
    copied = browser.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0], e => arguments[0](String(e)))")
    check.equal(copied, browser.run("return document.querySelector('#pair-1 .path').textContent"), "the path that was copied")
    browser.press("/", "zzzz")
    check.equal(browser.run(SHOWN), 0, "pairs with zzzz in their paths")
    browser.press(*[Keys.BACKSPACE] * 4)


def without_script(place):
    with Browser(scripts=False) as browser:
        browser.open(place / "report.html")
        check.equal(browser.run("return getComputedStyle(document.getElementById('filters')).display"), "none", "filters without a script")
        check(browser.run("return document.querySelectorAll('.copy').length") == 0, "the script ran")
        check(len(drawn(browser, 1, 0).getcolors(1 << 20)) > 100, "no pictures without a script")
        box = browser.driver.find_element(By.CSS_SELECTOR, "#pair-1 .tools input")
        box.send_keys(" ")
        check(statistics.mean(ImageStat.Stat(drawn(browser, 1, 0)).mean) < 6, "no difference without a script")
        check.none(browser.complaints(), "the console without a script")


def drawing(seed):
    """A picture that no other seed is like, 320 x 240."""
    chance = random.Random(seed)
    image = Image.frombytes("RGB", (12, 9), chance.randbytes(12 * 9 * 3)).resize((320, 240), Image.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y, w, h = (chance.randrange(n) for n in (320, 240, 90, 90))
        shape = draw.ellipse if chance.random() < 0.5 else draw.rectangle
        shape((x - w / 2, y - h / 2, x + w / 2, y + h / 2), fill=tuple(chance.randbytes(3)))
    return image


def hostile_names():
    names = ["<script>document.title='ran'<!---->.png", "\"><img src=x onerror=document.title='ran'>.png", "a\u202egnp.exe.png",
             "{{folder}}&amp;'.png", "\"\u0301 onfocus=document.title='ran' autofocus x=.png", "`;]]>--><svg onload=document.title='ran'>.png"]
    labels = ["<b>bold</b>", "javascript:document.title='ran'", "\u202elabel", "x" * 4000, "\x1b[31mred\nline", "'\""]
    with folder() as place:
        rows = ["path,split,label"]
        for number, (name, label) in enumerate(zip(names, labels)):
            where = "images/" + (("y" * 200 + "/") * 15 if number == 3 else "")
            (place / where).mkdir(parents=True, exist_ok=True)
            drawing(number).save(place / f"images/{number}.png")
            path = where + name.replace("/", "")
            drawing(number).save(place / path)
            rows.append(f"images/{number}.png,train,a")
            rows.append(",".join('"' + cell.replace('"', '""') + '"' for cell in (path, "te<i>st", label)))
        (place / "list.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        splitseal("scan", "list.csv", "--role", "te<i>st=test", "--quiet", "--html", "report.html", cwd=place)
        text = (place / "report.html").read_text(encoding="utf-8")
        check(not any(mark in text for mark in "\u202e\x1b\u200f"), "a character that acts is on the page")
        with Browser() as browser:
            browser.open(place / "report.html")
            time.sleep(0.5)
            check(browser.run("return document.title").startswith("FAIL"), "a script in a name ran")
            check.equal(browser.run(SHOWN), len(names), "pairs of hostile names")
            check.equal(browser.run("return document.querySelectorAll('main script, main i, main img, main [onerror], main [onload],"
                                    " main [onfocus], main [autofocus]').length"), 0, "elements and attributes that come from names")
            seen = browser.run("return document.body.innerText")
            check("<script>document.title" in seen and "\\u{202e}" in seen, "hostile names are not shown as they are")
            check.none(browser.violations(), "axe with hostile names")
            for width in (1280, 390):
                browser.size(width, 844)
                check(not browser.scrolls_sideways(), f"hostile names scroll sideways at {width}")
            browser.shot("report-hostile-390")
            check.none(browser.complaints(), "the console with hostile names")


def many(count=5_000):
    with folder() as place:
        for split in ("train", "test"):
            for label in ("a", "b"):
                (place / "set" / split / label).mkdir(parents=True)
        for number in range(count):
            name = f"{'ab'[number % 2]}/{number:05}.jpg"
            image = drawing(number)
            image.save(place / "set/train" / name, quality=90)
            # Half are equal, half are written again.
            if number % 2:
                image.save(place / "set/test" / name, quality=70)
            else:
                (place / "set/test" / name).write_bytes((place / "set/train" / name).read_bytes())
        times = []
        for extra in ([], [], ["--html", "report.html"]):
            began = time.perf_counter()
            splitseal("scan", "set", "--cache", "cache.sqlite", "--quiet", *extra, cwd=place)
            times.append(time.perf_counter() - began)
        size = (place / "report.html").stat().st_size
        check(size < 25_000_000, f"the page has {size} bytes")
        with Browser() as browser:
            browser.open(place / "report.html")
            check.equal(browser.run("return document.querySelectorAll('.pair').length"), count, "pairs on the page")
            check(len(drawn(browser, count, 1).getcolors(1 << 20)) > 100, "the last pair has no picture")
            paint, done = browser.first_paint(), browser.run("return performance.getEntriesByType('navigation')[0].domComplete")
        print(f"  {count:,} pairs: {size / 1e6:.1f} MB, made in {times[2] - times[1]:.1f} s beside a scan of {times[1]:.1f} s;"
              f" first paint {paint:.0f} ms, all there after {done:.0f} ms")


def cifar10():
    """Real images, thousands of pairs: those of `shared/data` beside the repository, which are no part of it."""
    archive = pathlib.Path(__file__).resolve().parents[3] / "shared/data/cifar10.tar.xz"
    if not archive.exists():
        print("  skipped: there is no shared/data/cifar10.tar.xz beside the repository")
        return
    with folder() as place:
        with tarfile.open(archive) as files:
            files.extractall(place / "cifar10", filter="data")
        splitseal("scan", "cifar10", "--no-cache", "--quiet", "--html", "report.html", "--json", "report.json", cwd=place)
        report = json.loads((place / "report.json").read_text())
        leaks = [f for f in report["findings"] if f["rule"] in ("exact-duplicate", "near-duplicate")]
        with Browser() as browser:
            browser.open(place / "report.html")
            check.equal(browser.run(SHOWN), len(leaks), "pairs of CIFAR-10")
            paint = browser.first_paint()
            for label in ("automobile", "frog"):
                of_label = sum(any(sample["label"] == label for sample in f["samples"]) for f in leaks)
                value = browser.run("return [...document.getElementById('by-class').options].find(o => o.text === arguments[0]).value", label)
                check.equal(choose(browser, "by-class", value), of_label, f"pairs of {label}")
            choose(browser, "by-class", "")
            for rank in (1, 100, len(leaks) // 2, len(leaks)):
                names = browser.run(f"return [...document.querySelectorAll('#pair-{rank} .path')].map(c => c.textContent)")
                for number, name in enumerate(names):
                    distance = likeness(drawn(browser, rank, number), place / "cifar10" / name)
                    check(distance < 20, f"pair {rank} does not show {name}: {distance:.1f} levels apart")
            check.none(browser.complaints(), "the console with CIFAR-10")
        size = (place / "report.html").stat().st_size
        print(f"  CIFAR-10: {len(leaks):,} pairs, {size / 1e6:.1f} MB, first paint {paint:.0f} ms")


liveness()
hostile_names()
many()
cifar10()
print(f"  {check.count} checks held")
