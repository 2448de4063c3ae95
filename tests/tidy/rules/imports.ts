/**
 * Who may import what: the table of the architecture, and that every relative import leads to a file.
 * From: all code files. Next: findings; a new side or a new arrow is one line in `sides`.
 */
import { posix } from 'node:path';
import { isCode, type Finding, type Rule, type SourceText } from '../repository.ts';
import { importsOf } from '../syntax.ts';

type Side = {
  name: string;
  of: RegExp;
  /** Paths it may import, besides its own folder when `own` is set. */
  sees: RegExp[];
  own?: boolean;
  /** npm packages and `node:` modules it may import. */
  packages: RegExp;
};

const domain = /^shared\/domain\//;
const contracts = /^shared\/contracts\//;
const formats = /^shared\/formats\//;
const ports = /^shared\/ports\//;
const edge = /^shared\/edge\//;
const everything = /./;
const nothing = /^$/;
const noSdk =
  /^(?!@azure\/|applicationinsights|stripe$|@opentelemetry\/|node:(fs|net|http|https|child_process)\b)/;

/** The first side whose `of` matches is the file's side. */
const sides: Side[] = [
  {
    name: 'the calendar',
    of: /^shared\/domain\/calendar\.ts$/,
    sees: [domain],
    packages: /^temporal-polyfill$/,
  },
  { name: 'the domain', of: domain, sees: [domain], packages: nothing },
  { name: 'contracts', of: contracts, sees: [contracts, domain, /^infra\/[^/]+\.json$/], packages: /^zod$/ },
  { name: 'formats', of: formats, sees: [formats, domain], packages: noSdk },
  { name: 'ports', of: ports, sees: [ports, domain], packages: nothing },
  {
    name: 'the edge',
    of: edge,
    sees: [edge, contracts, domain, ports],
    packages: /^(@azure\/functions|jose|node:(crypto|async_hooks))$/,
  },
  {
    name: 'shared/azure',
    of: /^shared\/azure\//,
    own: true,
    sees: [ports, contracts, domain],
    packages: everything,
  },
  { name: 'the wiring', of: /^functions\/parts(-[a-z]+)?\.ts$/, sees: [everything], packages: everything },
  {
    name: 'the cloud entry',
    of: /^functions\/start\.ts$/,
    sees: [/^functions\/[^/]+\.ts$/, contracts, /^shared\/azure\//],
    packages: /^node:fs$/,
  },
  {
    name: 'an entry of the functions',
    of: /^functions\/[^/]+\.ts$/,
    sees: [
      /^functions\/[^/]+\.ts$/,
      /^functions\/[^/]+\/triggers\.ts$/,
      contracts,
      domain,
      /^shared\/edge\/platform\.ts$/,
    ],
    packages: nothing,
  },
  {
    name: 'a piece',
    of: /^functions\/[^/]+\//,
    own: true,
    sees: [domain, contracts, formats, ports, edge],
    packages: /^node:crypto$/,
  },
  { name: 'the local start', of: /^local\/[^/]+\.ts$/, sees: [everything], packages: everything },
  {
    name: 'a stand-in',
    of: /^local\/[^/]+\//,
    own: true,
    sees: [/^local\/kit\//, /^local\/clock\.ts$/, contracts],
    packages: everything,
  },
  { name: 'the web kit', of: /^web\/kit\//, own: true, sees: [], packages: noSdk },
  {
    name: 'a client',
    of: /^web\/[^/]+\//,
    own: true,
    sees: [/^web\/kit\//, contracts, domain],
    packages: noSdk,
  },
  {
    name: 'tests and scripts',
    of: /^(tests|scripts)\/|^[^/]+\.config\./,
    sees: [everything],
    packages: everything,
  },
];

/** Imports that the table does not allow, and files that belong to no side. */
export const importTable: Rule = (files) =>
  files.filter(({ path }) => isCode(path)).flatMap(forbiddenImports);

const forbiddenImports = (file: SourceText): Finding[] => {
  const side = sides.find(({ of }) => of.test(file.path));
  if (!side) return [`${file.path}: belongs to no side of the architecture; put it into a folder that does`];
  return importsOf(file)
    .filter(({ specifier }) => !isAllowed(side, file.path, specifier))
    .map(({ specifier, where }) => `${where}: ${side.name} may not import ${specifier}`);
};

const isAllowed = (side: Side, from: string, specifier: string): boolean => {
  if (!specifier.startsWith('.')) return side.packages.test(specifier);
  const target = resolveImport(from, specifier);
  const ownFolder = `${from.split('/').slice(0, 2).join('/')}/`;
  return (side.own === true && target.startsWith(ownFolder)) || side.sees.some((sees) => sees.test(target));
};

/** The repository path a relative import names. */
export const resolveImport = (from: string, specifier: string): string =>
  posix.normalize(posix.join(posix.dirname(from), specifier));

/** Relative imports without their ending, or that lead nowhere. */
export const importsResolve: Rule = (files) => {
  const paths = new Set(files.map(({ path }) => path));
  return files
    .filter(({ path }) => isCode(path))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .flatMap(({ specifier, where }) => {
          if (!/\.(ts|tsx|json|css|svg)$/.test(specifier))
            return [`${where}: write the whole file name, ending in .ts, instead of ${specifier}`];
          return paths.has(resolveImport(file.path, specifier))
            ? []
            : [`${where}: no such file: ${specifier}`];
        }),
    );
};
