/**
 * What package.json promises: exact versions, the owner's ten packages, and no package that code uses
 * without naming it.
 * From: package.json, package-lock.json and the imports of all code. Next: findings.
 */
import { builtinModules } from 'node:module';
import { isCode, isTest, isToolConfig, type Finding, type Rule, type SourceText } from '../repository.ts';
import { importsOf, stringsOf } from '../syntax.ts';

type Manifest = Partial<Record<'dependencies' | 'devDependencies' | 'overrides', Record<string, string>>>;

/** The owner's packages, each with the place whose existence demands that something uses it. */
export const ownersPackages: Record<string, string> = {
  '@azure/functions': 'shared/edge/',
  '@azure/cosmos': 'shared/azure/',
  '@azure/service-bus': 'shared/azure/',
  '@azure/identity': 'shared/azure/',
  '@azure/communication-email': 'functions/email/',
  '@azure/storage-blob': 'functions/invoice-ingestion/',
  zod: 'shared/contracts/',
  applicationinsights: 'functions/start.ts',
  vitest: 'tests/',
  azurite: 'tests/local/blob/',
};

const manifestOf = (files: readonly SourceText[]): Manifest =>
  JSON.parse(files.find(({ path }) => path === 'package.json')?.text ?? '{}') as Manifest;

/** Ranges, tags and addresses in place of one version. */
export const exactVersions: Rule = (files) => {
  const { dependencies, devDependencies, overrides } = manifestOf(files);
  return [dependencies, devDependencies, overrides].flatMap((list) =>
    Object.entries(list ?? {})
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json: ${name} ${version}: give one exact version`),
  );
};

/** Owner's packages that are missing, or not used although the folder that needs them is there. */
export const ownersPackagesUsed: Rule = (files) => {
  const { dependencies, devDependencies } = manifestOf(files);
  const listed = { ...dependencies, ...devDependencies };
  const used = new Set(files.filter(({ path }) => isCode(path)).flatMap(packagesNamedIn));
  return Object.entries(ownersPackages).flatMap(([name, folder]) => {
    if (!(name in listed)) return [`package.json: ${name} is missing; the owner asks for it`];
    const demanded = files.some(({ path }) => path.startsWith(folder) && isCode(path));
    return demanded && !used.has(name)
      ? [`package.json: ${name} is not used although ${folder} is there`]
      : [];
  });
};

/** Packages imported without being listed; what is deployed may only use `dependencies`. */
export const packagesListed: Rule = (files) => {
  const { dependencies = {}, devDependencies = {} } = manifestOf(files);
  return files
    .filter(({ path }) => isCode(path))
    .flatMap((file): Finding[] =>
      importsOf(file)
        .filter(({ specifier }) => !specifier.startsWith('.') && !isBuiltin(specifier))
        .map(({ specifier, where }) => ({ name: packageName(specifier), where }))
        .filter(({ name }) => !(name in dependencies) && !(isTool(file.path) && name in devDependencies))
        .map(({ name, where }) => `${where}: ${name} is not among the ${listFor(file.path)}`),
    );
};

const isTool = (path: string): boolean =>
  isTest(path) || isToolConfig(path) || /^(local|scripts|web)\//.test(path);

const listFor = (path: string): string => (isTool(path) ? 'packages of package.json' : 'dependencies');

const isBuiltin = (specifier: string): boolean =>
  specifier.startsWith('node:') || builtinModules.includes(specifier);

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Imported packages, and those whose program a string names (`node_modules/azurite/…`). */
const packagesNamedIn = (file: SourceText): string[] => [
  ...importsOf(file).map(({ specifier }) => packageName(specifier)),
  ...(file.path.startsWith('tests/tidy/')
    ? []
    : [...stringsOf(file)].map(({ text }) => packageName(text.replace(/^(.*\/)?node_modules\//, '')))),
];

/** Addresses that the lock file should not hold: whoever installs has a registry of their own. */
export const lockFilePortable: Rule = (files) =>
  files
    .filter(({ path }) => path === 'package-lock.json')
    .filter(({ text }) => /"resolved": *"https?:/.test(text))
    .map(
      ({ path }) => `${path}: holds addresses of a registry; install with omit-lockfile-registry-resolved`,
    );
