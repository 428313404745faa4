"""One run of the kit: the door opens, an integration replays the script, the scenarios are judged."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2

from cli.conformance import KIT_VERSION
from cli.conformance.door import Door, Place
from cli.conformance.driver import ReferenceDriver
from cli.conformance.judges import judge
from cli.conformance.sandbox import Sandbox
from cli.conformance.script import FINISH, digest, script
from cli.conformance.texts import nobody_came_in
from cli.language import Language
from cli.output import CommandError, Output
from kit.clock import system_clock
from kit.conformance import REFERENCE_DRIVER, SCENARIOS, Report, Verdict
from quzhong.api.intake.v1 import intake_pb2
from quzhong.api.notify.v1 import casework_pb2, notify_pb2
from quzhong.api.registry.v1 import admission_pb2, registry_pb2
from quzhong.api.workhours.v1 import workhours_pb2

LOOK_S = 3.0
"""How often what has arrived is judged for the progress that is shown: each look reads the archive, and is in
the ledger there."""

SETTLE_S = 60.0
"""How long the services may take with what came last."""

EVERYWHERE = ("0.0.0.0", "[::]")
"""Hosts to listen on, of all of the machine's addresses; none of them."""

CONTRACT = (
    intake_pb2.DESCRIPTOR,
    workhours_pb2.DESCRIPTOR,
    notify_pb2.DESCRIPTOR,
    casework_pb2.DESCRIPTOR,
    registry_pb2.DESCRIPTOR,
    admission_pb2.DESCRIPTOR,
)
"""What an integration is written against."""

Drive = Callable[[Place, Mapping[str, Any]], None]
"""Plays a script against a place; runs in a thread of its own."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run."""

    platform_id: str
    folder: Path
    """Where everything is written."""
    address: str = "127.0.0.1:0"
    """Where the door listens; the token endpoint on the same host."""
    public_host: str = ""
    """What ``connect.json`` says in the host's place; empty: the same."""
    token_port: int = 0
    """Of the token endpoint; 0 takes any free one."""
    outage_s: float = 30.0
    wait_s: float = 3_600.0
    """How long an integration may take."""
    drive: Drive | None = None
    """Of the kit's own; None: the platform's integration connects from outside."""
    driver: str = "integration"
    """As the report names it."""


def reference(place: Place, played: Mapping[str, Any]) -> None:
    """The Python client's integration."""
    with ReferenceDriver(place.document(), played, folder=place.folder) as driver:
        driver.play()


def run(plan: Plan, output: Output) -> Report:
    """Run the kit in a sandbox of its own. Raises as ``play``."""
    output.say("启动沙箱……", "Starting the sandbox…")
    host = plan.address.rpartition(":")[0]
    with Sandbox(host, public_host=plan.public_host, token_port=plan.token_port) as sandbox:
        return play(plan, sandbox, output)


def play(plan: Plan, sandbox: Sandbox, output: Output) -> Report:
    """One platform's run in a sandbox.

    Raises:
        CommandError: DRIVER_FAILED, if the kit's own driver ended by a mistake that no scenario shows.
        OSError: if the address is taken, or the folder cannot be written to.
    """
    played = script(plan.platform_id, outage_s=plan.outage_s)
    plan.folder.mkdir(parents=True, exist_ok=True)
    written = json.dumps(played, ensure_ascii=False, indent=2)
    (plan.folder / "script.json").write_text(written + "\n")
    door = Door(
        sandbox,
        plan.platform_id,
        played,
        plan.folder,
        address=plan.address,
        public_host=plan.public_host,
        outage_s=plan.outage_s,
    )
    with door:
        begin_ms = system_clock()
        if plan.drive is None:
            _tell_where(door.place, plan, output)
        failure = _wait_until_played(plan, played, door, output)
        sandbox.settle(SETTLE_S)
        verdicts = judge(played, door.observed())
    if failure is not None:
        output.say(f"驱动程序出错：{failure!r}", f"The driver ended by a mistake: {failure!r}")
        if all(verdict.passed for verdict in verdicts):
            raise CommandError(
                f"驱动程序出错：{failure}", f"the driver failed: {failure}", reason="DRIVER_FAILED"
            ) from failure
    return Report(
        platform_id=plan.platform_id,
        driver=plan.driver,
        kit_version=KIT_VERSION,
        contract_version="v1",
        contract_sha256=contract_sha256(),
        script_sha256=digest(played),
        begin_ms=begin_ms,
        end_ms=system_clock(),
        verdicts=verdicts,
    )


def contract_sha256() -> str:
    """Of the contract's descriptors: which additions it has."""
    hashed = sha256()
    for file in CONTRACT:
        message = descriptor_pb2.FileDescriptorProto()
        file.CopyToProto(message)
        hashed.update(message.SerializeToString(deterministic=True))
    return hashed.hexdigest()


def plan_of_reference(platform_id: str, folder: Path, *, outage_s: float) -> Plan:
    """The kit against its own driver."""
    return Plan(
        platform_id, folder, outage_s=outage_s, wait_s=300.0, drive=reference, driver=REFERENCE_DRIVER
    )


def _tell_where(place: Place, plan: Plan, output: Output) -> None:
    token, key = place.folder / place.token_file, place.folder / place.private_key_file
    output.say(
        f"沙箱地址 {place.address}；令牌 {token}；令牌端点 {place.token_url}"
        f"（client_id {place.client_id}，私钥 {key}）",
        f"The sandbox is at {place.address}. Token: {token}. Or by key: {place.token_url}, client_id "
        f"{place.client_id}, {key}",
    )
    if place.address.rpartition(":")[0] in EVERYWHERE:
        output.say(
            f"{place.address} 并非可连接的地址：平台在另一台机器上时，请以 --public-host 指明本机的主机名。",
            f"{place.address} is no address to connect to: for a platform on another machine name this one "
            "with --public-host.",
        )
    output.say(
        f"请以贵方系统回放 {plan.folder / 'script.json'}（连接信息亦见 {plan.folder / 'connect.json'}）；"
        f"最长等待 {plan.wait_s / 60:.0f} 分钟，Ctrl-C 结束并判定。",
        f"Replay {plan.folder / 'script.json'} with your integration ({plan.folder / 'connect.json'} says "
        f"where to). It may take {plan.wait_s / 60:.0f} minutes; Ctrl-C ends the run and judges what came.",
    )


def _wait_until_played(
    plan: Plan, played: Mapping[str, Any], door: Door, output: Output
) -> BaseException | None:
    """Until the integration is through, its time is over, or somebody pressed Ctrl-C; a driver's mistake."""
    failures: list[BaseException] = []
    done = threading.Event()

    def drive() -> None:
        assert plan.drive is not None
        try:
            plan.drive(door.place, played)
        except Exception as error:  # noqa: BLE001 - told below, with what it left behind
            failures.append(error)
        finally:
            done.set()

    if plan.drive is not None:
        threading.Thread(target=drive, name="conformance-driver", daemon=True).start()
    shown = _Progress(output)
    deadline_ms = system_clock() + plan.wait_s * 1_000
    with output.progress() as bar:
        task = bar.add_task(output.pick("场景", "scenarios"), total=len(SCENARIOS))
        try:
            while not done.wait(LOOK_S) and system_clock() < deadline_ms:
                observed = door.observed()
                verdicts = judge(played, observed)
                shown.tell(verdicts)
                bar.update(task, completed=sum(verdict.passed for verdict in verdicts))
                if plan.drive is None and observed.sent([FINISH]):
                    break
        except KeyboardInterrupt:
            output.say("已中止，按已收到的内容判定。", "Stopped: judged by what has come.")
        observed = door.observed()
        if observed.nobody_came:
            output.say(nobody_came_in(Language.ZH), nobody_came_in(Language.EN))
        elif system_clock() >= deadline_ms and not done.is_set():
            output.say("等待时间已到，按已收到的内容判定。", "Time is over: judged by what has come.")
        verdicts = judge(played, observed)
        shown.tell(verdicts)
        bar.update(task, completed=sum(verdict.passed for verdict in verdicts))
    return failures[0] if failures else None


class _Progress:
    """Says each scenario once it holds."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._told: set[str] = set()

    def tell(self, verdicts: tuple[Verdict, ...]) -> None:
        for scenario, verdict in zip(SCENARIOS, verdicts, strict=True):
            if verdict.passed and scenario.scenario_id not in self._told:
                self._told.add(scenario.scenario_id)
                self._output.say(f"✓ {scenario.title_zh}", f"✓ {scenario.title_en}")
