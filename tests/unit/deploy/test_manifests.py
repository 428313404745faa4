"""The manifests: each overlay is valid Kubernetes, and what the project promises of every workload holds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import kubernetes_validate
import pytest
import yaml

from cli.topics_command import GROUPS
from kit.eventlog.kafka_topics import rights
from kit.eventlog.topics import TOPICS
from kit.security.permissions import PERMISSIONS
from kit.settings import CommonSettings
from services.algo_audit.settings import AlgoAuditSettings
from services.intake.settings import IntakeSettings
from services.notify.settings import NotifySettings
from services.portal.settings import PortalSettings
from services.registry.settings import RegistrySettings
from services.workhours.settings import WorkhoursSettings
from tests.support.manifests import DEPLOY, KUBERNETES, OVERLAYS, Manifest, manifests, of_an_operator

SERVICES: dict[str, type[CommonSettings]] = {
    "registry": RegistrySettings,
    "intake": IntakeSettings,
    "workhours": WorkhoursSettings,
    "algo-audit": AlgoAuditSettings,
    "notify": NotifySettings,
    "portal": PortalSettings,
}

pytestmark = pytest.mark.skipif(
    shutil.which("kubectl") is None, reason="kubectl is not installed: manifests cannot be put together"
)


def of_kind(overlay: str, *kinds: str) -> Iterator[Manifest]:
    return (each for each in manifests(overlay) if each["kind"] in kinds)


def workloads(overlay: str) -> Iterator[tuple[str, Manifest]]:
    """Name and pod specification of everything that runs."""
    for each in of_kind(overlay, "Deployment", "StatefulSet", "Job"):
        yield each["metadata"]["name"], each["spec"]["template"]["spec"]


def containers(pod: Manifest) -> list[Manifest]:
    return [*pod.get("initContainers", []), *pod["containers"]]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_object_of_kubernetes_itself_is_valid(overlay: str) -> None:
    checked = 0
    for manifest in manifests(overlay):
        if of_an_operator(manifest):
            continue  # see tests/manifests
        kubernetes_validate.validate(manifest, KUBERNETES, strict=True)
        checked += 1
    assert checked > 30


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_nothing_runs_as_root_or_may_become_it(overlay: str) -> None:
    for name, pod in workloads(overlay):
        assert pod["securityContext"]["runAsNonRoot"], name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert pod["automountServiceAccountToken"] is False, name
        for container in containers(pod):
            context = container["securityContext"]
            assert context["allowPrivilegeEscalation"] is False, name
            assert context["readOnlyRootFilesystem"] is True, name
            assert context["capabilities"] == {"drop": ["ALL"]}, name


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_container_has_a_fixed_image_and_bounded_memory(overlay: str) -> None:
    for name, pod in workloads(overlay):
        for container in containers(pod):
            assert re.fullmatch(r"[\w./-]+:[\w.-]*\d[\w.-]*", container["image"]), name
            assert {"cpu", "memory"} <= set(container["resources"]["requests"]), name
            assert "memory" in container["resources"]["limits"], name


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_serves_says_when_it_is_ready_and_when_it_is_not_alive(overlay: str) -> None:
    for each in of_kind(overlay, "Deployment", "StatefulSet"):
        for container in each["spec"]["template"]["spec"]["containers"]:
            assert {"readinessProbe", "livenessProbe"} <= set(container), each["metadata"]["name"]
            if "50051" in str(container.get("ports")) and container["name"] == "service":
                assert container["readinessProbe"]["grpc"] == {"port": 50051}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_secret_is_written_down(overlay: str) -> None:
    assert not list(of_kind(overlay, "Secret"))
    for name, pod in workloads(overlay):
        for container in containers(pod):
            for variable in container.get("env", []):
                if re.search(r"PASSWORD|TOKEN$|KEYS?$|SECRET", variable["name"]):
                    assert "secretKeyRef" in variable["valueFrom"], (name, variable["name"])


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_setting_that_is_set_is_one_of_the_service(overlay: str) -> None:
    """A misspelt variable would be ignored in silence."""
    settings = next(of_kind(overlay, "ConfigMap"))
    common = {
        name
        for each in of_kind(overlay, "ConfigMap")
        if each["metadata"]["name"] == "settings"
        for name in each["data"]
    }
    assert common, settings
    known_to_all = {f"QUZHONG_{name.upper()}" for name in CommonSettings.model_fields}
    own = {f"QUZHONG_{name.upper()}" for name in RegistrySettings.model_fields}
    assert common <= known_to_all | own
    for each in of_kind(overlay, "Deployment", "StatefulSet"):
        name = each["metadata"]["name"]
        if name not in SERVICES:
            continue
        known = {f"QUZHONG_{field.upper()}" for field in SERVICES[name].model_fields}
        for container in each["spec"]["template"]["spec"]["containers"]:
            for variable in container["env"]:
                assert variable["name"] in known, (name, variable["name"])


def test_every_service_of_the_map_is_deployed() -> None:
    deployed = {each["metadata"]["name"] for each in of_kind("city", "Deployment", "StatefulSet")}
    assert set(SERVICES) <= deployed
    of_the_map = {name for topic in TOPICS for name in (*topic.writers, *topic.readers)}
    assert {name.replace("_", "-") for name in of_the_map} <= deployed


def test_the_gateway_knows_the_way_to_every_rpc() -> None:
    envoy = yaml.safe_load((DEPLOY / "k8s" / "base" / "envoy.yaml").read_text())
    manager = envoy["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    routes = {
        route["match"]["prefix"]: route["route"]["cluster"]
        for route in manager["route_config"]["virtual_hosts"][0]["routes"]
    }
    clusters = {each["name"] for each in envoy["static_resources"]["clusters"]}
    assert set(routes.values()) == clusters == set(SERVICES) - {"portal"}
    for rpc in PERMISSIONS:
        prefix = next((prefix for prefix in routes if rpc.startswith(prefix)), None)
        assert prefix is not None, rpc
        if rpc.startswith("/quzhong.api."):
            assert routes[prefix].replace("-", "_") == rpc.split(".")[2], rpc


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_whoever_may_call_a_service_is_named(overlay: str) -> None:
    """Pods take nothing that no rule lets in, and services nothing but from the gateway."""
    rules = {each["metadata"]["name"]: each["spec"] for each in of_kind(overlay, "NetworkPolicy")}
    assert rules["nothing-else"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    callers = rules["services-from-gateway"]["ingress"]
    assert [each["from"] for each in callers] == [
        [{"podSelector": {"matchLabels": {"app.kubernetes.io/name": "gateway"}}}]
    ]


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_topic_has_no_fewer_brokers_than_replicas_and_no_more_processes_than_partitions(
    overlay: str,
) -> None:
    settings = next(
        each["data"] for each in of_kind(overlay, "ConfigMap") if each["metadata"]["name"] == "settings"
    )
    pool = next(of_kind(overlay, "KafkaNodePool"))
    assert int(settings["QUZHONG_KAFKA_REPLICATION"]) <= pool["spec"]["replicas"]
    for scaled in of_kind(overlay, "ScaledObject"):
        assert scaled["spec"]["maxReplicaCount"] <= int(settings["QUZHONG_PARTITIONS"])


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_strimzi_gives_every_service_the_rights_of_the_map_and_no_others(overlay: str) -> None:
    """It takes away what the user's own resource does not say."""
    given = {
        (user["metadata"]["name"], operation, rule["resource"]["type"], rule["resource"]["name"])
        for user in of_kind(overlay, "KafkaUser")
        for rule in user["spec"].get("authorization", {}).get("acls", ())
        for operation in rule["operations"]
    }
    assert given == {
        (
            f"quzhong-{right.service.replace('_', '-')}",
            right.operation.name.title(),
            right.resource.name.lower(),
            right.name,
        )
        for right in rights(TOPICS, GROUPS)
    }


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_password_is_of_a_user_that_strimzi_makes(overlay: str) -> None:
    """A secret of its has ``password`` and ``sasl.jaas.config``, and no name."""
    users = {user["metadata"]["name"] for user in of_kind(overlay, "KafkaUser")}
    asked = 0
    for each in of_kind(overlay, "TriggerAuthentication"):
        of_users = [one for one in each["spec"]["secretTargetRef"] if one["name"] in users]
        assert {one["key"] for one in of_users} == {"password"}
    for _, pod in workloads(overlay):
        for container in containers(pod):
            variables = {each["name"]: each for each in container.get("env", [])}
            if (password := variables.get("QUZHONG_KAFKA_PASSWORD")) is not None:
                secret = password["valueFrom"]["secretKeyRef"]
                assert secret == {"name": variables["QUZHONG_KAFKA_USER"]["value"], "key": "password"}
                assert secret["name"] in users
                asked += 1
    assert asked >= len(SERVICES) - 1


def test_there_is_a_database_for_every_store() -> None:
    from cli.schemas import SCHEMAS

    cluster = next(of_kind("city", "Cluster"))
    names = {each["spec"]["name"] for each in of_kind("city", "Database")}
    names.add(cluster["spec"]["bootstrap"]["initdb"]["database"])
    assert names == {f"quzhong_{name}" for name in SCHEMAS}


def test_the_compose_file_runs_the_same_services() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    assert set(SERVICES) | {"gateway", "kafka", "postgres", "migrate"} == set(compose["services"])
