"""统一社会信用代码: its check character by GB 32100, from python-stdnum."""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from services.registry.core.field_error import FieldError


def checked_credit_code(field: str, code: str) -> str:
    """The code in capitals, without separators.

    Raises:
        FieldError: CREDIT_CODE_FORM, or CREDIT_CODE_CHECK if the check character does not fit the rest.
    """
    try:
        return uscc.validate(code)
    except InvalidChecksum:
        raise FieldError(
            field,
            "CREDIT_CODE_CHECK",
            f"{code[:40]!r} is mistyped: its check character (GB 32100) does not fit; compare the licence",
            f"{code[:40]!r} 的校验码（GB 32100）不符，可能录入有误；请对照营业执照核对",
        ) from None
    except ValidationError:
        raise FieldError(
            field,
            "CREDIT_CODE_FORM",
            f"{code[:40]!r} is no credit code of 18 digits and capitals (GB 32100: without I, O, S, V, Z)",
            f"{code[:40]!r} 不是 18 位统一社会信用代码（GB 32100：数字与大写字母，不含 I、O、S、V、Z）",
        ) from None
