import { describe, it } from 'node:test'
import { answersAre } from './call-function.ts'

describe('text functions', () => {
  it('cut texts by characters, from the start or the end', () => {
    answersAre([
      ['substring("foobar", 3)', '"obar"'],
      ['substring("foobar", 3, 3)', '"oba"'],
      ['substring("foobar", -2, 1)', '"a"'],
      ['substring("foobar", 3, 3.8)', '"oba"'],
      ['substring("foobar", 9)', '""'],
      ['substring("foobar", 0)', 'null!'],
      ['substring("foobar", -7)', 'null!'],
      ['substring("foobar", 1, -1)', 'null!'],
      ['substring("中𠮷😀山", 2, 2)', '"𠮷😀"'],
      ['substring("中𠮷😀山", -1)', '"山"'],
      ['substring(start position: 2, string: "ab")', '"b"'],
      ['substring(null, 1)', 'null'],
      ['substring("ab", null)', 'null'],
      ['substring("ab", "1")', 'null!'],
      ['substring("ab")', 'null!'],
      ['substring before("foobar", "bar")', '"foo"'],
      ['substring before("foobar", "xyz")', '""'],
      ['substring before("abc", "")', '""'],
      ['substring after("foobar", "ob")', '"ar"'],
      ['substring after("abc", "")', '"abc"'],
      ['substring after("", "a")', '""'],
      ['substring after("中𠮷😀山", "𠮷")', '"😀山"'],
    ])
  })

  it('measure and change case by Unicode', () => {
    answersAre([
      ['string length("foo")', '3'],
      ['string length("𠮷😀")', '2'],
      ['string length("")', '0'],
      ['string length(null)', 'null'],
      ['string length(12)', 'null!'],
      ['upper case("aBc4é")', '"ABC4É"'],
      ['lower case("ABÉ")', '"abé"'],
      ['upper case(["abc"])', '"ABC"'],
    ])
  })

  it('look for a text inside another', () => {
    answersAre([
      ['contains("foobar", "of")', 'false'],
      ['contains("foobar", "oba")', 'true'],
      ['starts with("foobar", "fo")', 'true'],
      ['ends with("foobar", "r")', 'true'],
      ['ends with(match: "x", string: "foobar")', 'false'],
      ['contains("foobar", null)', 'null'],
      ['contains(txt: "a", match: "a")', 'null!'],
    ])
  })

  it('join what is there', () => {
    answersAre([
      ['string join(["a", "b", "c"], "_and_")', '"a_and_b_and_c"'],
      ['string join(["a", null, "c"], "、")', '"a、c"'],
      ['string join(["a", "b"], null)', '"ab"'],
      ['string join("a", "X")', '"a"'],
      ['string join([])', '""'],
      ['string join(delimiter: "X", list: ["a", "c"])', '"aXc"'],
      ['string join(null)', 'null'],
      ['string join([1, 2])', 'null!'],
      ['string join(["a"], "X", "Y")', 'null!'],
    ])
  })

  it('search by regular expression, with flags', () => {
    answersAre([
      ['matches("foobar", "^fo*b")', 'true'],
      ['matches("foobar", "^o")', 'false'],
      ['matches("FOO", "foo", "i")', 'true'],
      ['matches("a\\nb", "a.b")', 'false'],
      ['matches("a\\nb", "a.b", "s")', 'true'],
      ['matches("helloworld", "hello world", "x")', 'true'],
      ['matches("foo", "foo", null)', 'true'],
      ['matches("foo", "foo", "z")', 'null!'],
      ['matches("foo", "(unclosed")', 'null!'],
      ['matches(null, "a")', 'null'],
      ['matches(input: "𠮷a", pattern: "^.a$")', 'true'],
    ])
  })

  it('replace what a regular expression finds', () => {
    answersAre([
      ['replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'],
      ['replace("abracadabra", "a.*a", "*")', '"*"'],
      ['replace("abracadabra", "a.*?a", "*")', '"*c*bra"'],
      ['replace("darted", "^(.*?)d(.*)$", "$1c$2")', '"carted"'],
      ['replace("AAAA", "A+?", "b")', '"bbbb"'],
      ['replace("ab", "b", "\\\\$")', '"a$"'],
      ['replace("a.b", ".", "$0", "q")', '"a$0b"'],
      ['replace("中𠮷山", "𠮷", "吉")', '"中吉山"'],
      ['replace("abc", "x*", "-")', 'null!'],
      ['replace("abc", "b", "$")', 'null!'],
      ['replace("abc", "b", null)', 'null'],
    ])
  })

  it('split at each match', () => {
    answersAre([
      ['split("John Doe", "\\\\s")', '["John", "Doe"]'],
      ['split("a;b;c;;", ";")', '["a", "b", "c", "", ""]'],
      ['split("古镇镇、小榄镇", "、")', '["古镇镇", "小榄镇"]'],
      ['split("abc", "x")', '["abc"]'],
      ['split("abc", "")', 'null!'],
      ['split(delimiter: ",", string: "a,b")', '["a", "b"]'],
    ])
  })
})
