import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'

const FOLDER = join(process.env.MILLRACE_DATA ?? '../shared/data', 'iso20022')

/** For the options of a test that needs the published schemas, which are not ours to ship. */
export const needsSchemas = existsSync(FOLDER)
  ? {}
  : { skip: `the ISO 20022 schemas are not in ${FOLDER}: set MILLRACE_DATA` }

const validators = new Map<string, XsdValidator>()

/**
 * Validates a file against the published schema of its message.
 *
 * @param message such as `pain.001.001.10`
 * @throws XmlValidateError with every line that is wrong; nothing is checked where the schemas are absent
 */
export function validate(message: string, xml: string): void {
  if (!existsSync(FOLDER)) return
  const validator = validators.get(message) ?? load(message)
  validators.set(message, validator)
  const document = XmlDocument.fromString(xml)
  try {
    validator.validate(document)
  } finally {
    document.dispose()
  }
}

function load(message: string): XsdValidator {
  const schema = XmlDocument.fromBuffer(readFileSync(join(FOLDER, `${message}.xsd`)))
  return XsdValidator.fromDoc(schema)
}
