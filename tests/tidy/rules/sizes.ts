/**
 * How long files and functions may be.
 * From: all code files. Next: findings. A function that makes others (a store with its methods, a
 * `describe` with its cases) is measured without those it names or hands on as cases: each counts alone.
 */
import ts from 'typescript';
import { isCode, isTest, type Finding, type Rule, type SourceText } from '../repository.ts';
import { at, nodesOf, treeOf } from '../syntax.ts';

const longest = { source: 200, test: 350, function: 60, domainFunction: 40, bicepModule: 150 };

/** Files over 200 lines, tests over 350, Bicep modules over 150. */
export const fileSizes: Rule = (files) =>
  files.flatMap(({ path, text }) => {
    const limit = fileLimit(path);
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    return limit !== undefined && lines > limit
      ? [`${path}: ${lines} lines, at most ${limit}; split it by meaning`]
      : [];
  });

const fileLimit = (path: string): number | undefined => {
  if (path.endsWith('.bicep')) return path.includes('/modules/') ? longest.bicepModule : longest.source;
  if (!isCode(path)) return undefined;
  return isTest(path) ? longest.test : longest.source;
};

/** Functions over 60 lines, in the domain over 40. */
export const functionSizes: Rule = (files) =>
  files.filter(({ path }) => isCode(path)).flatMap((file) => longFunctions(file));

const longFunctions = (file: SourceText): Finding[] => {
  const limit = file.path.startsWith('shared/domain/') ? longest.domainFunction : longest.function;
  return nodesOf(file)
    .filter(isFunction)
    .filter((node) => !isSuite(node))
    .map((node) => ({ node, lines: ownLines(file, node) }))
    .filter(({ lines }) => lines > limit)
    .map(
      ({ node, lines }) =>
        `${at(file, node)}: a function of ${lines} lines, at most ${limit}; name its steps`,
    );
};

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

/** The callback of a `describe` is a list of cases; the file's limit bounds it. */
const isSuite = ({ parent }: ts.Node): boolean =>
  ts.isCallExpression(parent) && parent.expression.getText().startsWith('describe');

/** Lines of the function less those of the functions it defines that count alone. */
const ownLines = (file: SourceText, node: ts.Node): number => {
  let lines = linesOf(file, node);
  const subtract = (child: ts.Node): void => {
    if (isFunction(child) && countsAlone(child)) lines -= Math.max(linesOf(file, child) - 1, 0);
    else ts.forEachChild(child, subtract);
  };
  ts.forEachChild(node, subtract);
  return lines;
};

const linesOf = (file: SourceText, node: ts.Node): number => {
  const tree = treeOf(file);
  const first = tree.getLineAndCharacterOfPosition(node.getStart()).line;
  return tree.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1;
};

/** Named by a declaration, a variable or a property, or a case handed to `describe`, `it` and their like. */
const countsAlone = (node: ts.FunctionLikeDeclaration): boolean => {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return true;
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return true;
  return ts.isCallExpression(parent) && /^(describe|it|test|before|after)/.test(parent.expression.getText());
};
