/**
 * Every surface that the topology lets an app host has its registration.
 * From: infra/topology.json and the pieces' `triggers.ts`. Next: findings.
 */
import ts from 'typescript';
import type { Rule, SourceText } from '../repository.ts';
import { nodesOf } from '../syntax.ts';

type Hosting = { apps: Record<string, { surfaces: string[] }> };

const kinds = ['staffHttp', 'portalHttp', 'work'];

/** `registerInvoiceIngestionWork` for `invoice-ingestion.work`. */
const registrationOf = (piece: string, kind: string): string =>
  `register${[...piece.split('-'), kind].map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;

/** Hosted surfaces without `functions/<piece>/triggers.ts`, or whose file does not export the registration. */
export const surfacesRegistered: Rule = (files) => {
  const list = files.find(({ path }) => path === 'infra/topology.json');
  if (!list) return ['infra/topology.json: is not there'];
  const hosted = new Set(
    Object.values((JSON.parse(list.text) as Hosting).apps).flatMap((app) => app.surfaces),
  );
  return [...hosted].flatMap((surface) => {
    const [piece = '', kind = ''] = surface.split('.');
    const path = `functions/${piece}/triggers.ts`;
    const triggers = files.find((file) => file.path === path);
    if (!kinds.includes(kind))
      return [`infra/topology.json: ${surface}: a surface is one of ${kinds.join(', ')}`];
    if (!triggers) return [`${path}: is not there although an app hosts ${surface}`];
    const wanted = registrationOf(piece, kind);
    return exportsOf(triggers).has(wanted)
      ? []
      : [`${path}: exports no ${wanted} although an app hosts ${surface}`];
  });
};

const exportsOf = (file: SourceText): Set<string> => {
  const names = new Set<string>();
  for (const node of nodesOf(file)) {
    if (ts.isVariableStatement(node) && isExported(node))
      for (const { name } of node.declarationList.declarations) names.add(name.getText());
    if (ts.isFunctionDeclaration(node) && isExported(node) && node.name) names.add(node.name.text);
  }
  return names;
};

const isExported = (node: ts.HasModifiers): boolean =>
  ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
