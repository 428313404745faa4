"""Where the city is: Tangshan's county-level areas (GB/T 2260) and how many people live in their towns."""

from typing import NamedTuple

import numpy as np

CITY_CODE = 130200
"""唐山市, GB/T 2260."""


class Area(NamedTuple):
    """One county-level area."""

    code: int
    """GB/T 2260 code."""
    zh: str
    en: str
    urban_population: int
    """Urban residents at the end of 2023 (source: README.md, P10): the weight of the area's orders."""


# Development zones (高新区, 海港, 芦台, 汉沽) have no GB/T 2260 code of their own and are left out.
AREAS: tuple[Area, ...] = (
    Area(130202, "路南区", "Lunan", 319_300),
    Area(130203, "路北区", "Lubei", 775_100),
    Area(130204, "古冶区", "Guye", 271_400),
    Area(130205, "开平区", "Kaiping", 209_200),
    Area(130207, "丰南区", "Fengnan", 361_200),
    Area(130208, "丰润区", "Fengrun", 484_200),
    Area(130209, "曹妃甸区", "Caofeidian", 315_200),
    Area(130224, "滦南县", "Luannan", 243_800),
    Area(130225, "乐亭县", "Laoting", 190_600),
    Area(130227, "迁西县", "Qianxi", 204_900),
    Area(130229, "玉田县", "Yutian", 320_700),
    Area(130281, "遵化市", "Zunhua", 408_900),
    Area(130283, "迁安市", "Qian'an", 494_400),
    Area(130284, "滦州市", "Luanzhou", 291_900),
)

AREA_CODES = np.array([area.code for area in AREAS], dtype=np.int32)
"""The codes alone, shape (areas,)."""
