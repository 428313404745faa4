"""``quzhong up`` and ``quzhong demo``: a suite in this process that stays until it is told to stop."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.demo import DemoOutcome, demo_clock, run_demo
from cli.demo_page import document_of, pages_of, sign_in_links
from cli.embedded import EmbeddedSuite
from cli.output import Output
from cli.season import SeasonClock, run_season
from cli.season_page import season_document, season_links, season_pages
from kit.clock import system_clock
from kit.settings import CommonSettings
from services.portal.settings import PortalSettings
from simulator import simulate
from simulator.season import Season, SeasonParameters

_WHO = {
    "regulator": ("监管部门", "the regulator"),
    "official": ("主管人员", "the official"),
    "union": ("工会", "the union"),
}


def demo(output: Output, *, leave: bool, portal_port: int, began_s: float) -> None:
    """The demo in a temporary folder; without ``leave`` the suite stays until Ctrl-C.

    If the portal's port is taken another is used, and said.
    """
    with TemporaryDirectory(prefix="quzhong-demo-") as folder:
        city = simulate()
        output.say("启动全部服务……", "Starting every service…")
        suite = EmbeddedSuite(Path(folder), portal_port=_free(output, portal_port), clock=demo_clock(city))
        with suite:
            outcome = run_demo(suite, city, output, began_s)
            output.result(document_of(outcome, suite), *pages_of(outcome, output))
            if leave:
                return
            _tell_where(output, suite, outcome)
            _stay(output)


def season(output: Output, *, days: int, leave: bool, portal_port: int, began_s: float) -> None:
    """A season of so many days with a moved clock, in a temporary folder; else as ``demo``."""
    with TemporaryDirectory(prefix="quzhong-season-") as folder:
        course = Season(SeasonParameters(days=days))
        clock = SeasonClock(course.parameters.first_day)
        output.say("启动全部服务……", "Starting every service…")
        suite = EmbeddedSuite(Path(folder), portal_port=_free(output, portal_port), clock=clock)
        with suite:
            outcome = run_season(suite, course, clock, output, began_s)
            output.result(season_document(outcome, suite), *season_pages(outcome, output))
            if not leave:
                _say_links(output, suite, season_links(outcome, suite))
                _stay(output)


def up(output: Output, *, with_demo: bool, began_s: float) -> None:
    """The suite in ``QUZHONG_DATA_DIR`` until Ctrl-C; with the demo's day streamed into it if wanted.

    Raises:
        OSError: if an address is taken.
    """
    settings = CommonSettings()
    city = simulate() if with_demo else None
    suite = EmbeddedSuite(
        settings.data_dir,
        address=settings.address,
        portal_port=PortalSettings().portal_port,
        clock=demo_clock(city) if city else system_clock,
    )
    with suite:
        outcome = run_demo(suite, city, output, began_s) if city else None
        place = {
            "address": suite.address,
            "portal": suite.portal_url,
            "token_url": suite.token_url,
            "log": settings.log_url,
            "data_dir": str(settings.data_dir),
        }
        if outcome:
            output.result(place | document_of(outcome, suite), *pages_of(outcome, output))
        else:
            output.result(place)
        _tell_where(output, suite, outcome)
        output.say(
            f"管理员令牌在 {settings.data_dir / 'admin.token'}",
            f"The administrator's token is in {settings.data_dir / 'admin.token'}",
        )
        _stay(output)


def _tell_where(output: Output, suite: EmbeddedSuite, outcome: DemoOutcome | None) -> None:
    output.say(f"gRPC：{suite.address}", f"gRPC: {suite.address}")
    if suite.token_url:
        output.say(f"访问令牌：{suite.token_url}", f"Access tokens: {suite.token_url}")
    if outcome:
        _say_links(output, suite, sign_in_links(outcome, suite))
    else:
        output.say(f"网页：{suite.portal_url}", f"Portal: {suite.portal_url}")


def _say_links(output: Output, suite: EmbeddedSuite, links: Mapping[str, str]) -> None:
    output.say(f"网页：{suite.portal_url}，登录链接：", f"Portal: {suite.portal_url}, signed in as")
    for who, link in links.items():
        name = _WHO.get(who, (who, who))
        output.say(f"  {output.pick(*name)} {link}", f"  {output.pick(*name)} {link}")


def _free(output: Output, portal_port: int) -> int:
    """The port, or 0 for any free one if it is taken, which is said."""
    if portal_port and _taken(portal_port):
        output.say(
            f"端口 {portal_port} 已被占用，改用空闲端口", f"port {portal_port} is taken: using a free one"
        )
        return 0
    return portal_port


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _stay(output: Output) -> None:
    """Return when somebody presses Ctrl-C, or the process is told to end."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        output.say("按 Ctrl-C 停止。", "Ctrl-C stops it.")
        threading.Event().wait()
    except KeyboardInterrupt:
        output.say("正在停止……", "Stopping…")
