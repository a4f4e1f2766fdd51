"""A lesson as a class sees it: JupyterLab in Chromium, without a network, and a slider that is moved."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import ROOT

from sim.lessons import TINY

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
pytest.importorskip("jupyterlab", reason="lessons need the extra `lessons`, which is not installed")
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no chromium with chromedriver: no slider was moved"),
]
LESSON = "1-why-do-people-stay.ipynb"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update",
    "--disable-background-networking", "--disable-sync", "--window-size=1400,1600",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
PATIENCE = 90  # seconds
HANDLE, PICTURE = ".widget-slider .noUi-handle", ".jupyter-widgets img"


@pytest.fixture
def lab(tmp_path):
    """The address of a JupyterLab like that of `make lessons`, over copies of the lessons."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    own = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    environment = {**os.environ, **own, "IPYTHONDIR": str(tmp_path / "ipython"), "JUPYTER_PREFER_ENV_PATH": "1",
                   "JUPYTER_CONFIG_PATH": ".jupyter", TINY: "1"}  # fmt: skip
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0"], cwd=tmp_path / "notebooks",
            env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield address(tmp_path, server)
        finally:
            server.terminate()
            server.wait(30)


def address(folder: Path, server: subprocess.Popen) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        for file in (folder / "RUNTIME").glob("jpserver-*.json"):
            if text := file.read_text():
                told = json.loads(text)
                return f"{told['url']}lab/tree/{LESSON}?token={told['token']}"
        time.sleep(0.2)
    raise AssertionError((folder / "log").read_text())


@pytest.fixture
def browser(tmp_path):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'browser'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def hosts(browser) -> set[str]:
    """Where the page has asked for anything."""
    told = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [one["params"]["request"]["url"] for one in told if one["method"] == "Network.requestWillBeSent"]
    return {urlsplit(url).hostname for url in urls if urlsplit(url).scheme in ("http", "https", "ws")}


def test_a_slider_that_is_moved_shows_another_figure(lab, browser):
    browser.get(lab)
    wait = WebDriverWait(browser, PATIENCE)
    menu = wait.until(lambda page: page.find_element(By.XPATH, "//*[@role='menuitem'][normalize-space()='Run']"))
    wait.until(lambda page: "Idle" in page.find_element(By.ID, "jp-main-statusbar").text)
    menu.click()
    wait.until(lambda page: page.find_element(By.CSS_SELECTOR, "[data-command='runmenu:run-all']")).click()
    handle = wait.until(lambda page: page.find_element(By.CSS_SELECTOR, HANDLE))
    wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, PICTURE))

    def shown() -> tuple[str, str]:
        pictures = browser.find_elements(By.CSS_SELECTOR, PICTURE)
        readout = browser.find_element(By.CSS_SELECTOR, ".widget-slider .widget-readout")
        return readout.text, pictures[0].get_attribute("src") if pictures else ""

    before = shown()
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", handle)
    ActionChains(browser).drag_and_drop_by_offset(handle, 60, 0).perform()
    wait.until(lambda page: shown()[1] not in ("", before[1]))
    assert float(shown()[0]) > float(before[0])
    assert before[1].startswith("data:image/png")
    assert hosts(browser) == {"127.0.0.1"}
    assert not browser.find_elements(By.CSS_SELECTOR, "[data-mime-type='application/vnd.jupyter.stderr']")
