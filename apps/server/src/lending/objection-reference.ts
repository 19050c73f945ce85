import { randomBytes } from 'node:crypto'

/** Letters and digits that nobody mistakes for each other, on paper or on the telephone: 32 of them. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 12

/** `7KQM-2XWB-9DTF`: sixty random bits, so that nobody finds another's objection by trying. */
export function newReference(): string {
  const letters = Array.from(randomBytes(LENGTH), byte => ALPHABET[byte % ALPHABET.length]).join('')
  return grouped(letters)
}

/** A reference as somebody typed it: any case, with or without its dashes. */
export function readReference(typed: string): string {
  return grouped(typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''))
}

function grouped(letters: string): string {
  return letters.match(/.{1,4}/g)?.join('-') ?? ''
}
