import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

let jieba: Jieba | undefined

/**
 * Cuts Chinese text into words: 灯饰照明厂 → 灯饰, 照明, 厂. The dictionary is loaded at the first call, which takes
 * about a tenth of a second.
 */
export function chineseWords(text: string): string[] {
  jieba ??= Jieba.withDict(dict)
  return jieba.cut(text, true).filter(word => word.trim() !== '')
}
