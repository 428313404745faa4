package example.quzhong;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;

/** What workers are known by, spelt one way. */
final class Identities {
  private static final int LENGTH = 18;

  /**
   * Digits in a text of 15–20 characters from which on it is meant as an identity number: licences
   * of that length that are no identity numbers have letters or Chinese characters in them.
   */
  private static final int MOSTLY_DIGITS = 12;

  /**
   * What any language's Unicode-aware \s matches; Java's own is ASCII's, and White_Space lacks four
   * separators.
   */
  private static final Pattern BLANKS = Pattern.compile("[\\p{IsWhite_Space}\\x1c-\\x1f]");

  private static final Pattern LETTERS_AND_DIGITS = Pattern.compile("[0-9A-Z]{15,20}");
  private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");
  private static final Pattern LICENCE =
      Pattern.compile("(?=.*[0-9])[0-9A-Z\\u4e00-\\u9fff()-]{4,40}");

  private Identities() {}

  /**
   * The one spelling of what a worker is known by, with its kind in front: {@code
   * cn-id:11010519491231002X}, {@code licence:冀B-12345}.
   *
   * <p>An identity number (GB 11643) has 18 characters, the last of them a check character.
   * Anything else has to look like the number of a licence (从业资格证, 网约车驾驶员证). What is neither is
   * refused: a mistyped number would make a second worker out of one, whose hours then never add
   * up. Blanks are dropped, full-width characters become plain ones, letters upper case.
   */
  static String canonical(String identity) {
    String plain =
        BLANKS.matcher(Normalizer.normalize(identity, Normalizer.Form.NFKC)).replaceAll("");
    String text = plain.toUpperCase(Locale.ROOT);
    if (text.isEmpty()) {
      throw new IdentityException(
          "EMPTY", 0, "empty; it would make one worker of all who lack one", "identity：为空");
    }
    if (meantAsIdentityNumber(text)) {
      checkIdentityNumber(text);
      return "cn-id:" + text;
    }
    if (MOBILE.matcher(text).matches()) {
      throw new IdentityException(
          "PHONE_NUMBER",
          0,
          "a mobile number; people change them, so give the identity number or a licence's number",
          "identity：这是手机号码；号码会更换，请填写身份证号码或证件编号");
    }
    if (!LICENCE.matcher(text).matches()) {
      int length = text.codePointCount(0, text.length());
      throw new IdentityException(
          length < 4 || length > 40 ? "LENGTH" : "CHARACTER",
          0,
          "neither an identity number (18 characters) nor a licence's number (4–40 letters, digits"
              + " and hyphens, a digit among them)",
          "identity：既不是身份证号码（18 位），也不是证件编号（4–40 个字母、数字或连字符，至少含一个数字）");
    }
    return "licence:" + text;
  }

  private static boolean meantAsIdentityNumber(String text) {
    return LETTERS_AND_DIGITS.matcher(text).matches()
        && text.chars().filter(Identities::isDigit).count() >= MOSTLY_DIGITS;
  }

  private static boolean isDigit(int character) {
    return '0' <= character && character <= '9';
  }

  private static void checkIdentityNumber(String number) {
    if (number.length() != LENGTH) {
      boolean old = number.length() == 15;
      throw new IdentityException(
          "LENGTH",
          0,
          "%d characters; an identity number has %d%s"
              .formatted(
                  number.length(),
                  LENGTH,
                  old ? "; those of 15 are no longer valid since 2013" : ""),
          "identity：%d 位；身份证号码为 %d 位%s"
              .formatted(number.length(), LENGTH, old ? "；15 位号码自 2013 年起已停用" : ""));
    }
    for (int place = 0; place < LENGTH; place++) {
      char character = number.charAt(place);
      if (!isDigit(character) && (place != LENGTH - 1 || character != 'X')) {
        throw new IdentityException(
            "CHARACTER",
            place + 1,
            "character %d is no digit; only the 18th may be an X".formatted(place + 1),
            "identity：第 %d 位不是数字；只有第 18 位可以是 X".formatted(place + 1));
      }
    }
    if (checkCharacter(number) != number.charAt(LENGTH - 1)) {
      throw new IdentityException(
          "CHECK_CHARACTER",
          LENGTH,
          "the check character (the 18th) does not fit the 17 digits before it: one of them is"
              + " mistyped",
          "identity：校验码（第 18 位）与前 17 位不符：其中有一位有误");
    }
    if (!isDate(number.substring(6, 14))) {
      throw new IdentityException(
          "BIRTH_DATE", 7, "characters 7–14 are no date of birth", "identity：第 7–14 位不是有效的出生日期");
    }
  }

  private static boolean isDate(String digits) {
    try {
      // Java has a year 0; nobody was born in it.
      return LocalDate.of(
                  Integer.parseInt(digits.substring(0, 4)),
                  Integer.parseInt(digits.substring(4, 6)),
                  Integer.parseInt(digits.substring(6)))
              .getYear()
          >= 1;
    } catch (DateTimeException none) {
      return false;
    }
  }

  /** Of ISO 7064, MOD 11-2, as GB 11643 takes it. */
  private static char checkCharacter(String number) {
    int check = 0;
    for (int place = 0; place < LENGTH - 1; place++) {
      check = (check + number.charAt(place) - '0') * 2 % 11;
    }
    return "0123456789X".charAt((12 - check) % 11);
  }
}
