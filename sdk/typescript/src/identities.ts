/**
 * What a worker is known by: one spelling for one identity number or licence number, or a reason why not.
 *
 * An identity number (GB 11643: residents, and holders of a residence permit from Hong Kong, Macao, Taiwan or abroad) has
 * 18 characters, the last of them a check character. Anything else has to look like the number of a licence (从业资格证,
 * 网约车驾驶员证). What is neither is refused: a mistyped number would make a second worker out of one, whose hours then
 * never add up.
 */
import { IdentityError } from "./errors.js";

const LENGTH = 18;

/** JavaScript's \s lacks four separators of ASCII and one of Latin-1, and has one blank too many. */
const BLANKS = /[\p{White_Space}\x1c-\x1f]+/gu;

/**
 * Digits in a text of 15–20 characters from which on it is meant as an identity number: licences of that length that are
 * no identity numbers have letters or Chinese characters in them.
 */
const MOSTLY_DIGITS = 12;

const LICENCE = /^(?=.*[0-9])[0-9A-Z\u4e00-\u9fff()-]{4,40}$/;
const MOBILE = /^1[3-9][0-9]{9}$/;

/**
 * The one spelling, with its kind in front: `cn-id:11010519491231002X`, `licence:冀B-12345`.
 *
 * Blanks are dropped, full-width characters become plain ones, letters upper case.
 *
 * @throws IdentityError saying what is wrong and where; never what was given.
 */
export function canonical(identity: string): string {
  const text = identity.normalize("NFKC").replace(BLANKS, "").toUpperCase();
  if (text === "") {
    throw new IdentityError("EMPTY", "empty; it would make one worker of all who lack one", "为空");
  }
  if (/^[0-9A-Z]{15,20}$/.test(text) && text.replace(/[^0-9]/g, "").length >= MOSTLY_DIGITS) {
    return `cn-id:${checked(text)}`;
  }
  if (MOBILE.test(text)) {
    throw new IdentityError(
      "PHONE_NUMBER",
      "a mobile number; people change them, so give the identity number or a licence's number",
      "这是手机号码；号码会更换，请填写身份证号码或证件编号",
    );
  }
  if (!LICENCE.test(text)) {
    const length = [...text].length; // characters, not halves of them
    throw new IdentityError(
      length < 4 || length > 40 ? "LENGTH" : "CHARACTER",
      "neither an identity number (18 characters) nor a licence's number (4–40 letters, digits and hyphens, a digit " +
        "among them)",
      "既不是身份证号码（18 位），也不是证件编号（4–40 个字母、数字或连字符，至少含一个数字）",
    );
  }
  return `licence:${text}`;
}

function checked(number: string): string {
  if (number.length !== LENGTH) {
    const old = number.length === 15;
    throw new IdentityError(
      "LENGTH",
      `${number.length} characters; an identity number has ${LENGTH}` +
        (old ? "; those of 15 are no longer valid since 2013" : ""),
      `${number.length} 位；身份证号码为 ${LENGTH} 位${old ? "；15 位号码自 2013 年起已停用" : ""}`,
    );
  }
  const wrong = number.search(/[^0-9]/);
  if (wrong !== -1 && !(wrong === LENGTH - 1 && number.endsWith("X"))) {
    throw new IdentityError(
      "CHARACTER",
      `character ${wrong + 1} is no digit; only the 18th may be an X`,
      `第 ${wrong + 1} 位不是数字；只有第 18 位可以是 X`,
      wrong + 1,
    );
  }
  if (checkCharacter(number.slice(0, -1)) !== number.at(-1)) {
    throw new IdentityError(
      "CHECK_CHARACTER",
      "the check character (the 18th) does not fit the 17 digits before it: one of them is mistyped",
      "校验码（第 18 位）与前 17 位不符：其中有一位有误",
      LENGTH,
    );
  }
  if (!isDate(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)))) {
    throw new IdentityError(
      "BIRTH_DATE",
      "characters 7–14 are no date of birth",
      "第 7–14 位不是有效的出生日期",
      7,
    );
  }
  return number;
}

/** ISO 7064, MOD 11-2, as GB 11643 takes it. */
function checkCharacter(digits: string): string {
  let check = 0;
  for (const digit of digits) {
    check = ((check + Number(digit)) * 2) % 11;
  }
  return "0123456789X".charAt((12 - check) % 11);
}

/** JavaScript moves 31 April to 1 May, and has a year 0; nobody was born in it. */
function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return year >= 1 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
