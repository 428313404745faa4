"""The portal's own Chinese typeface, for machines that have none."""

from __future__ import annotations

import pytest

from tests.support.browser.visit import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("weight", "file"), [(400, "noto-sans-sc-400.woff2"), (700, "noto-sans-sc-700.woff2")]
)
def test_the_typeface_comes_from_the_portal_itself(visit: Visit, weight: int, file: str) -> None:
    page = visit.to("/glossary")
    loaded = page.evaluate(
        """async ([weight, file]) => {
          const face = new FontFace("Own", `url(/static/vendor/${file})`, {weight: String(weight)});
          await face.load();
          document.fonts.add(face);
          return document.fonts.check(`${weight} 16px Own`, "取中：算法");
        }""",
        [weight, file],
    )
    assert loaded, "a policy of content that forbids it leaves a complaint, and the visit fails"
    declared = page.evaluate("[...document.fonts].filter(each => each.family.includes('Noto')).length")
    assert declared == 2
