import { ModelError } from '../problem.ts'
import { Elements } from './elements.ts'
import { importedNamespaces } from './imports.ts'
import type { Model } from './model.ts'
import { readDefinitions } from './read-model.ts'
import { parseXml, type XmlElement } from './xml.ts'

interface File {
  readonly file: string
  readonly root: XmlElement
  readonly namespace: string
  readonly imports: readonly string[]
}

/**
 * Reads files that import one another, each linked to those it imports; in the order given. Where files import in a
 * circle, the one that closes it stays unlinked.
 *
 * @throws ModelError when a file is none of DMN, or two have one namespace
 *
 * @example
 * const [rates, subsidy] = readModels([{ file: '利率.dmn', xml: ratesXml }, { file: '贴息.dmn', xml }])
 */
export function readModels(
  files: readonly { readonly file: string; readonly xml: string }[],
): readonly Model[] {
  const byNamespace = new Map<string, File>()
  const opened = files.map(({ file, xml }) => open(file, xml))
  for (const file of opened) {
    const other = byNamespace.get(file.namespace)
    if (other !== undefined) throw sameNamespace(file, other)
    byNamespace.set(file.namespace, file)
  }
  const read = new Map<File, Model>()
  const reading: File[] = []
  const readOne = (file: File): Model => {
    const known = read.get(file)
    if (known !== undefined) return known
    reading.push(file)
    const imported = file.imports.flatMap(namespace => byNamespace.get(namespace) ?? [])
    const imports = imported.filter(each => !reading.includes(each)).map(readOne)
    reading.pop()
    const model = readDefinitions(file.root, { file: file.file, imports })
    read.set(file, model)
    return model
  }
  return opened.map(readOne)
}

function open(file: string, xml: string): File {
  const root = parseXml(xml, file)
  const at = new Elements(file, root)
  return {
    file,
    root,
    namespace: at.attribute(root, 'namespace') ?? '',
    imports: importedNamespaces(at, root),
  }
}

function sameNamespace({ file, root, namespace }: File, other: File): ModelError {
  return new ModelError({
    code: 'structure',
    severity: 'error',
    where: { file, line: root.line },
    zh: `与“${other.file}”的命名空间相同（${namespace}），导入时无法分辨。请改其一。`,
    en: `It has the namespace of "${other.file}" (${namespace}); imports could not tell them apart. Change one.`,
  })
}
