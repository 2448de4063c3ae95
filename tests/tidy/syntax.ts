/**
 * Reads a file's syntax tree and what it imports, with the TypeScript parser.
 * From: a path and a text. Next: the rules that look at code rather than at words.
 */
import ts from 'typescript';
import type { SourceText } from './repository.ts';

const parsed = new WeakMap<SourceText, ts.SourceFile>();

/** The syntax tree, parsed once per file. */
export const treeOf = (file: SourceText): ts.SourceFile => {
  const known = parsed.get(file);
  if (known) return known;
  const kind = file.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, kind);
  parsed.set(file, tree);
  return tree;
};

const flattened = new WeakMap<SourceText, readonly ts.Node[]>();

/** Every node of the file, outermost first; gathered once per file. */
export const nodesOf = (file: SourceText): readonly ts.Node[] => {
  const known = flattened.get(file);
  if (known) return known;
  const nodes: ts.Node[] = [];
  const gather = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, gather);
  };
  gather(treeOf(file));
  flattened.set(file, nodes);
  return nodes;
};

/** The line a node begins on, counted from 1. */
export const lineOf = (file: SourceText, node: ts.Node): number =>
  treeOf(file).getLineAndCharacterOfPosition(node.getStart()).line + 1;

/** Where a finding points to. */
export const at = (file: SourceText, node: ts.Node): string => `${file.path}:${lineOf(file, node)}`;

export type Import = { specifier: string; names: string[]; where: string };

/** Everything the file names as a module: imports, re-exports, `import()`, `require()`, types by `import()`. */
export const importsOf = (file: SourceText): Import[] => {
  const found: Import[] = [];
  for (const node of nodesOf(file)) {
    const module = moduleNamedBy(node);
    if (module) found.push({ specifier: module.text, names: importedNames(node), where: at(file, node) });
  }
  return found;
};

const moduleNamedBy = (node: ts.Node): ts.StringLiteralLike | undefined => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)
      ? node.moduleSpecifier
      : undefined;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return ts.isStringLiteral(node.argument.literal) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === 'require');
  const [first] = node.arguments;
  return loads && first && ts.isStringLiteralLike(first) ? first : undefined;
};

const importedNames = (node: ts.Node): string[] => {
  if (!ts.isImportDeclaration(node)) return [];
  const bindings = node.importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return [];
  return bindings.elements.map((one) => (one.propertyName ?? one.name).text);
};

/** Texts of the file: string literals, and templates up to their first hole. */
export function* stringsOf(file: SourceText): Generator<ts.StringLiteralLike | ts.TemplateHead> {
  for (const node of nodesOf(file)) if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) yield node;
}
