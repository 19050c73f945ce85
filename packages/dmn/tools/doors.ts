import { join } from 'node:path'
import ts from 'typescript'

const PACKAGE = join(import.meta.dirname, '..')

/** What a reader imports from, and the file behind it. */
export const DOORS = [
  { name: '@millrace/dmn', file: join(PACKAGE, 'src/index.ts') },
  { name: '@millrace/dmn/javascript', file: join(PACKAGE, 'src/javascript/index.ts') },
  { name: '@millrace/dmn/sql', file: join(PACKAGE, 'src/sql/index.ts') },
] as const

/** One name a door exports, with its doc comment. */
export interface Export {
  readonly name: string
  readonly door: string
  readonly kind: 'function' | 'class' | 'type'
  /** As it is declared, without bodies and without the comment above it. */
  readonly text: string
  readonly about: string
  readonly tags: readonly { readonly name: string; readonly text: string }[]
}

/** Everything the doors export: functions and classes first, then types, each in order of its name. */
export function readDoors(): readonly Export[] {
  const options = compilerOptions()
  const program = ts.createProgram(
    DOORS.map(door => door.file),
    options,
  )
  const checker = program.getTypeChecker()
  return DOORS.flatMap(door => {
    const source = program.getSourceFile(door.file)
    const symbol = source && checker.getSymbolAtLocation(source)
    if (symbol === undefined) throw new Error(`${door.file} is no module`)
    return checker
      .getExportsOfModule(symbol)
      .map(each => exportOf(checker, door.name, each))
      .toSorted((a, b) => Number(a.kind === 'type') - Number(b.kind === 'type') || (a.name < b.name ? -1 : 1))
  })
}

export function compilerOptions(): ts.CompilerOptions {
  const root = join(PACKAGE, '../..')
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root)
  return options
}

function exportOf(checker: ts.TypeChecker, door: string, exported: ts.Symbol): Export {
  const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0
  const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported
  const [declaration] = symbol.declarations ?? []
  if (declaration === undefined) throw new Error(`${exported.name} is not declared`)
  return {
    name: exported.name,
    door,
    kind: ts.isFunctionDeclaration(declaration)
      ? 'function'
      : ts.isClassDeclaration(declaration)
        ? 'class'
        : 'type',
    text: declaredText(declaration),
    about: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    tags: symbol
      .getJsDocTags(checker)
      .map(({ name, text }) => ({ name, text: ts.displayPartsToString(text).trim() })),
  }
}

/** A declaration as a reader of the types sees it. */
function declaredText(declaration: ts.Declaration): string {
  if (ts.isFunctionDeclaration(declaration)) return headOf(declaration)
  if (!ts.isClassDeclaration(declaration)) return declaration.getText()
  const members = declaration.members
    .filter(member => ts.isPropertyDeclaration(member) || ts.isConstructorDeclaration(member))
    .map(member => `  ${headOf(member)}`)
  const head = declaration.getText().slice(0, declaration.getText().indexOf('{') + 1)
  return [head, ...members, '}'].join('\n')
}

function headOf(node: ts.FunctionDeclaration | ts.ClassElement): string {
  const body = 'body' in node ? (node as { body?: ts.Node }).body : undefined
  const text = node.getText()
  return body === undefined ? text : text.slice(0, body.getStart() - node.getStart()).trimEnd()
}
