"""``quzhong up`` and ``quzhong demo``: a suite in this process that stays until it is told to stop."""

from __future__ import annotations

import signal
import socket
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.demo import DemoOutcome, demo_clock, run_demo
from cli.demo_page import document_of, pages_of, sign_in_links
from cli.embedded import EmbeddedSuite
from cli.output import Output
from kit.clock import system_clock
from kit.settings import CommonSettings
from services.portal.settings import PortalSettings
from simulator import simulate

_WHO = {"regulator": ("监管部门", "the regulator"), "union": ("工会", "the union")}


def demo(output: Output, *, leave: bool, portal_port: int, began_s: float) -> None:
    """The demo in a temporary folder; without ``leave`` the suite stays until Ctrl-C.

    If the portal's port is taken another is used, and said.
    """
    with TemporaryDirectory(prefix="quzhong-demo-") as folder:
        city = simulate()
        output.say("启动全部服务……", "Starting every service…")
        if portal_port and _taken(portal_port):
            output.say(
                f"端口 {portal_port} 已被占用，改用空闲端口", f"port {portal_port} is taken: using a free one"
            )
            portal_port = 0
        suite = EmbeddedSuite(Path(folder), portal_port=portal_port, clock=demo_clock(city))
        with suite:
            outcome = run_demo(suite, city, output, began_s)
            output.result(document_of(outcome, suite), *pages_of(outcome, output))
            if leave:
                return
            _tell_where(output, suite, outcome)
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
        output.say(f"网页：{suite.portal_url}，登录链接：", f"Portal: {suite.portal_url}, signed in as")
        for who, link in sign_in_links(outcome, suite).items():
            name = _WHO.get(who, (who, who))
            output.say(f"  {output.pick(*name)} {link}", f"  {output.pick(*name)} {link}")
    else:
        output.say(f"网页：{suite.portal_url}", f"Portal: {suite.portal_url}")


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
