"""Take the guide's pictures of the process studio from a running demo company.

    ./kinflow demo &
    .venv/bin/python docs/guide/pictures/take.py http://localhost:8000

Pictures are written beside this file, in English and Chinese; each is held below 150 kB by fewer colours.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from config.commands.browser import chromium
from kinflow.demo.sign_ins import SIGN_INS

HERE = Path(__file__).parent
LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN"}
SIZE = {"width": 1280, "height": 800}
MOST_BYTES = 150_000
PATIENCE = 120_000
DRAWN = ".map-canvas:not([aria-busy]) svg"
PLACES = {
    "portfolio": ("/processes/", ".portfolio"),
    "map": ("/processes/opportunity/?time=working", DRAWN),
    "compare": ("/processes/repair/compare/?by=is:priority", f"[data-side='1']{DRAWN}"),
    "objects": ("/processes/objects/?kinds=lead&kinds=opportunity", DRAWN),
    "finding": ("/processes/opportunity/findings/", ".finding-list a"),
    "steps": ("/processes/new/?copy=repair", ".making table"),
}
"""Name, address, and what must stand there before the picture is taken; a finding is the worst of the list."""


def main(site: str) -> None:
    """Take all pictures in both languages."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for language, locale in LANGUAGES.items():
            page = signed_in(browser, site, language, locale)
            for name, (address, drawn) in PLACES.items():
                page.goto(site + address)
                page.locator(drawn).first.wait_for()
                if name == "finding":
                    page.locator(drawn).first.click()
                    page.locator(".finding-page .what").wait_for()
                keep(page.screenshot(animations="disabled"), HERE / f"studio-{name}.{language}.png")
        browser.close()


def signed_in(browser: Browser, site: str, language: str, locale: str) -> Page:
    """A page of the demo's process owner, in a language."""
    _role, login, password = next(each for each in SIGN_INS if each[1] == "process")
    context = browser.new_context(viewport=SIZE, locale=locale, color_scheme="light", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{site}/sign-in/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.evaluate(
        """async (language) => {
            const token = document.querySelector('input[name=csrfmiddlewaretoken]').value;
            const body = new FormData();
            body.append('language', language);
            await fetch('/preferences/', { method: 'POST', body, headers: { 'X-CSRFToken': token } });
        }""",
        language,
    )
    return page


def keep(picture: bytes, path: Path) -> None:
    """Write a picture with as many colours as its size allows."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        whole.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000")
