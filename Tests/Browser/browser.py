"""A headless Chromium for the checks of pages: opens, looks, presses keys, and says what would keep people out."""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import axe_playwright_python
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def splitseal(*arguments, cwd=None, status=(0, 1)):
    """Runs the program to its end; its status must be one of those that are expected."""
    done = subprocess.run(["splitseal", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=600)
    if done.returncode not in status:
        sys.exit(f"error: splitseal {' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stderr}")
    return done


@contextlib.contextmanager
def folder():
    """A fresh folder, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as path:
        yield pathlib.Path(path)


class Browser:
    """One window. `scripts=False` opens pages as they are without a script."""

    def __init__(self, width=1280, height=900, dark=False, scripts=True):
        options = Options()
        options.binary_location = shutil.which("chromium")
        # No sandbox: containers run as root. No network but this machine: a page that asks for more fails here.
        for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
                     "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
                     "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"]:
            options.add_argument(flag)
        if not scripts:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self.size(width, height)
        self.scheme(dark)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def size(self, width, height):
        """The size of the page itself, narrower than a window can be; narrow ones are phones."""
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def scheme(self, dark):
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def open(self, place):
        """Opens a file or an address."""
        self.driver.get(place if "://" in str(place) else pathlib.Path(place).resolve().as_uri())

    def run(self, script, *arguments):
        """Runs the body of a function in the page, from outside: its policy does not hold for it."""
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys):
        """Presses keys, wherever the focus is."""
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def complaints(self):
        """What the page wrote on the console as an error: also what its policy forbade."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def requests(self):
        """The addresses that were asked for since the last call."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def first_paint(self):
        """Milliseconds from the start of the navigation to the first contentful paint."""
        paints = self.run("return performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)")
        return paints[0] if paints else None

    def scrolls_sideways(self):
        """Whether the page as a whole is wider than the window."""
        return self.run("const e = document.scrollingElement; return e.scrollWidth > e.clientWidth")

    def violations(self):
        """What axe-core objects to: rule, why, and the first places."""
        # As a script of the page it would be bound by the page's policy.
        self.command("Runtime.evaluate", expression=AXE)
        result = self.command(
            "Runtime.evaluate", awaitPromise=True, returnByValue=True,
            expression=f"axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ['violations']}})"
                       ".then(r => JSON.stringify(r.violations))")
        found = json.loads(result["result"]["value"])
        return [f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes'][:3]]} {v['nodes'][0].get('failureSummary', '')}" for v in found]

    def shot(self, name):
        """A screenshot into the folder that SPLITSEAL_SHOTS names, if it names one."""
        shots = os.environ.get("SPLITSEAL_SHOTS")
        if shots:
            pathlib.Path(shots).mkdir(parents=True, exist_ok=True)
            self.driver.save_screenshot(f"{shots}/{name}.png")


class Check:
    """Counts what held; the first thing that does not ends the check."""

    def __init__(self):
        self.count = 0

    def __call__(self, condition, message):
        if not condition:
            sys.exit(f"error: {message}")
        self.count += 1

    def equal(self, found, expected, message):
        self(found == expected, f"{message}: {found!r}, not {expected!r}")

    def none(self, found, message):
        self(not found, f"{message}: " + "; ".join(map(str, found))[:2000])
