"""Nobody came: every scenario is told the same, as what each of them misses would lead astray."""

from __future__ import annotations

from kit.conformance import Finding, Report

NOBODY_CONNECTED = Finding(
    "nobody connected to the sandbox: not one call had come when the run ended",
    "检测结束前无人连接沙箱：未收到任何调用",
    "See that the platform's machine reaches the address that connect.json tells (--address, --public-host, "
    "firewalls; TLS where the kit has a certificate). Then run the kit again, and replay script.json within "
    "the time of --wait.",
    "请确认平台的机器能访问 connect.json 所写的地址（--address、--public-host、防火墙；"
    "检测工具配有证书时须用 TLS），然后重新检测，并在 --wait 规定的时间内回放 script.json。",
)


def nobody_connected(report: Report) -> bool:
    """Whether a report says so, of every scenario."""
    return all(verdict.findings == (NOBODY_CONNECTED,) for verdict in report.verdicts)
