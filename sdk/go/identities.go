package quzhong

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

const (
	identityLength = 18
	// Digits in a text of 15–20 characters from which on it is meant as an identity number: licences of that length
	// that are no identity numbers have letters or Chinese characters in them.
	mostlyDigits = 12
)

// canonical is the one spelling of what a worker is known by, with its kind in front: cn-id:11010519491231002X,
// licence:冀B-12345.
//
// An identity number (GB 11643) has 18 characters, the last of them a check character. Anything else has to look like
// the number of a licence (从业资格证, 网约车驾驶员证). What is neither is refused: a mistyped number would make a second
// worker out of one, whose hours then never add up. Blanks are dropped, full-width characters become plain ones,
// letters upper case.
func canonical(identity string) (string, error) {
	text := cases.Upper(language.Und).String(strings.Map(withoutBlanks, norm.NFKC.String(identity)))
	switch length := utf8.RuneCountInString(text); {
	case text == "":
		return "", &IdentityError{
			Reason: "EMPTY", Message: "empty; it would make one worker of all who lack one", ZH: "identity：为空",
		}
	case meantAsIdentityNumber(text):
		if err := checkIdentityNumber(text); err != nil {
			return "", err
		}
		return "cn-id:" + text, nil
	case isMobile(text):
		return "", &IdentityError{
			Reason:  "PHONE_NUMBER",
			Message: "a mobile number; people change them, so give the identity number or a licence's number",
			ZH:      "identity：这是手机号码；号码会更换，请填写身份证号码或证件编号",
		}
	case !isLicence(text, length):
		reason := "CHARACTER"
		if length < 4 || length > 40 {
			reason = "LENGTH"
		}
		return "", &IdentityError{
			Reason: reason,
			Message: "neither an identity number (18 characters) nor a licence's number (4–40 letters, digits and " +
				"hyphens, a digit among them)",
			ZH: "identity：既不是身份证号码（18 位），也不是证件编号（4–40 个字母、数字或连字符，至少含一个数字）",
		}
	}
	return "licence:" + text, nil
}

// withoutBlanks drops what any language's Unicode-aware \s matches; unicode.IsSpace lacks the four separators of ASCII.
func withoutBlanks(character rune) rune {
	if unicode.IsSpace(character) || ('\x1c' <= character && character <= '\x1f') {
		return -1
	}
	return character
}

func isDigit(character rune) bool { return '0' <= character && character <= '9' }

func isUpper(character rune) bool { return 'A' <= character && character <= 'Z' }

func meantAsIdentityNumber(text string) bool {
	digits := 0
	for _, character := range text {
		if !isDigit(character) && !isUpper(character) {
			return false
		}
		if isDigit(character) {
			digits++
		}
	}
	return 15 <= len(text) && len(text) <= 20 && digits >= mostlyDigits
}

func isMobile(text string) bool {
	if len(text) != 11 || text[0] != '1' || text[1] < '3' {
		return false
	}
	return strings.IndexFunc(text, func(character rune) bool { return !isDigit(character) }) < 0
}

func isLicence(text string, length int) bool {
	if length < 4 || length > 40 || strings.IndexFunc(text, isDigit) < 0 {
		return false
	}
	return strings.IndexFunc(text, func(character rune) bool {
		chinese := '\u4e00' <= character && character <= '\u9fff'
		return !isDigit(character) && !isUpper(character) && !chinese && !strings.ContainsRune("()-", character)
	}) < 0
}

func checkIdentityNumber(number string) error {
	if len(number) != identityLength {
		first, firstZH := "", ""
		if len(number) == 15 {
			first, firstZH = "; those of 15 are no longer valid since 2013", "；15 位号码自 2013 年起已停用"
		}
		return &IdentityError{
			Reason:  "LENGTH",
			Message: fmt.Sprintf("%d characters; an identity number has %d%s", len(number), identityLength, first),
			ZH:      fmt.Sprintf("identity：%d 位；身份证号码为 %d 位%s", len(number), identityLength, firstZH),
		}
	}
	for place, character := range number {
		if !isDigit(character) && (place != identityLength-1 || character != 'X') {
			return &IdentityError{
				Reason:   "CHARACTER",
				Position: place + 1,
				Message:  fmt.Sprintf("character %d is no digit; only the 18th may be an X", place+1),
				ZH:       fmt.Sprintf("identity：第 %d 位不是数字；只有第 18 位可以是 X", place+1),
			}
		}
	}
	if checkCharacter(number[:identityLength-1]) != number[identityLength-1] {
		return &IdentityError{
			Reason:   "CHECK_CHARACTER",
			Position: identityLength,
			Message:  "the check character (the 18th) does not fit the 17 digits before it: one of them is mistyped",
			ZH:       "identity：校验码（第 18 位）与前 17 位不符：其中有一位有误",
		}
	}
	// Go has a year 0; nobody was born in it.
	if born, err := time.Parse("20060102", number[6:14]); err != nil || born.Year() < 1 {
		return &IdentityError{
			Reason: "BIRTH_DATE", Position: 7,
			Message: "characters 7–14 are no date of birth", ZH: "identity：第 7–14 位不是有效的出生日期",
		}
	}
	return nil
}

// checkCharacter of ISO 7064, MOD 11-2, as GB 11643 takes it.
func checkCharacter(digits string) byte {
	check := 0
	for _, digit := range digits {
		check = (check + int(digit-'0')) * 2 % 11
	}
	return "0123456789X"[(12-check)%11]
}
