import { type ESTree, parseSync, Visitor } from 'vite'

/** A file of source text; its path begins at the project's root. */
export interface SourceFile {
  path: string
  text: string
}

/** What a file reaches for outside itself. */
export interface Module {
  path: string
  imports: Import[]
  uses: Use[]
}

export interface Import {
  specifier: string
  /** Whether it is gone at run time. */
  isTypeOnly: boolean
  /** What is imported by name; `*` for everything. */
  names: string[]
  line: number
}

/**
 * What is used that no import of a whole package tells: a global (`process.env`, `Date.now` and `Date.now()`, `fetch`), one name
 * of a package (`randomUUID of node:crypto`), `export *`, a cast.
 */
export interface Use {
  what: string
  line: number
}

/** Parses a file and gathers what the rules ask about. */
export function readModule({ path, text }: SourceFile): Module {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const lineOf = (node: ESTree.Span) => text.slice(0, node.start).split('\n').length
  const imports = findImports(program, lineOf)
  return { path, imports, uses: [...imports.flatMap(namesUsed), ...findUses(program, lineOf)] }
}

function namesUsed({ specifier, names, isTypeOnly, line }: Import): Use[] {
  return isTypeOnly ? [] : names.map((name) => ({ what: `${name} of ${specifier}`, line }))
}

type LineOf = (node: ESTree.Span) => number

function findImports(program: ESTree.Program, lineOf: LineOf): Import[] {
  const imports: Import[] = []
  const add = (node: ESTree.Span, specifier: string, names: string[], isTypeOnly: boolean) =>
    imports.push({ specifier, names, isTypeOnly, line: lineOf(node) })
  new Visitor({
    ImportDeclaration(node) {
      const values = node.specifiers.filter(
        (one) => one.type !== 'ImportSpecifier' || one.importKind !== 'type',
      )
      const isTypeOnly = node.importKind === 'type' || (node.specifiers.length > 0 && values.length === 0)
      const named = node.specifiers.map((one) =>
        one.type === 'ImportSpecifier' ? nameOf(one.imported) : '*',
      )
      add(node, node.source.value, named, isTypeOnly)
    },
    ExportNamedDeclaration(node) {
      const names = node.specifiers.map((one) => nameOf(one.local))
      if (node.source) add(node, node.source.value, names, node.exportKind === 'type')
    },
    ExportAllDeclaration(node) {
      add(node, node.source.value, ['*'], node.exportKind === 'type')
    },
    ImportExpression(node) {
      if (node.source.type === 'Literal') add(node, String(node.source.value), ['*'], false)
    },
    TSImportType(node) {
      add(node, node.source.value, ['*'], true)
    },
  }).visit(program)
  return imports
}

function findUses(program: ESTree.Program, lineOf: LineOf): Use[] {
  const uses: Use[] = []
  const add = (node: ESTree.Span, what: string) => uses.push({ what, line: lineOf(node) })
  new Visitor({
    MemberExpression(node) {
      if (!node.computed && node.object.type === 'Identifier')
        add(node, `${node.object.name}.${nameOf(node.property)}`)
    },
    CallExpression({ callee }) {
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return
      add(callee, `${callee.object.name}.${nameOf(callee.property)}()`)
    },
    VariableDeclarator({ id, init }) {
      if (id.type !== 'ObjectPattern' || init?.type !== 'Identifier') return
      for (const one of id.properties)
        if (one.type === 'Property') add(one, `${init.name}.${nameOf(one.key)}`)
    },
    NewExpression(node) {
      if (node.callee.type !== 'Identifier') return
      add(node, node.arguments.length === 0 ? `new ${node.callee.name}()` : `new ${node.callee.name}`)
    },
    ExportAllDeclaration(node) {
      add(node, 'export *')
    },
    TSAsExpression(node) {
      const { typeAnnotation: type } = node
      const isConst = type.type === 'TSTypeReference' && nameOf(type.typeName) === 'const'
      if (!isConst) add(node, 'a cast')
    },
  }).visit(program)
  return [...uses, ...freeFetches(program).map((node) => ({ what: 'fetch', line: lineOf(node) }))]
}

/** Where the global `fetch` is meant: not a key, not a type, and not something handed in under that name. */
function freeFetches(program: ESTree.Program): ESTree.Span[] {
  const found: ESTree.Span[] = []
  const passedOver = new Set<unknown>()
  let isHandedIn = false
  const bind = (pattern: ESTree.Node) => {
    if (JSON.stringify(pattern).includes('"name":"fetch"')) isHandedIn = true
  }
  new Visitor({
    MemberExpression: (node) => void (node.computed || passedOver.add(node.property)),
    Property: (node) => void (node.computed || passedOver.add(node.key)),
    TSPropertySignature: (node) => void passedOver.add(node.key),
    TSMethodSignature: (node) => void passedOver.add(node.key),
    TSQualifiedName: (node) => void passedOver.add(node.right),
    TSTypeQuery: (node) => void passedOver.add(node.exprName),
    VariableDeclarator: (node) => bind(node.id),
    ArrowFunctionExpression: (node) => node.params.forEach(bind),
    FunctionDeclaration: (node) => node.params.forEach(bind),
    FunctionExpression: (node) => node.params.forEach(bind),
    Identifier: (node) => void (node.name === 'fetch' && !passedOver.has(node) && found.push(node)),
  }).visit(program)
  return isHandedIn ? [] : found
}

function nameOf(node: ESTree.Node): string {
  if ('name' in node && typeof node.name === 'string') return node.name
  return 'value' in node && typeof node.value === 'string' ? node.value : ''
}
