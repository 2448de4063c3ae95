/**
 * Makes the package that is deployed: CommonJS, `main.cjs` and the parts of it, host.json and a package.json beside them.
 * From: `functions/start.ts` and all it imports. Next: `dist/`, which `azure.yaml` uploads for every app.
 * A cold start reads `main.cjs` and what it needs of the parts; another part is read when a dynamic import reaches it.
 * CommonJS, because the SDKs' spans are lost in ES modules on Flex Consumption. `@azure/functions-core`
 * exists only inside the platform's worker, so it stays outside. Heavy packages lie in files of their own.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, transform, type BuildOptions, type Metafile, type OutputFile, type Plugin } from 'esbuild';
import manifest from '../../package.json' with { type: 'json' };
import { root } from '../steps/tools.ts';
import { functionList } from './function-list.ts';

export const largestBytes = 3 * 1024 * 1024;

export type Bundle = {
  /** The file the worker loads. */
  file: string;
  /** Of it and of all its parts. */
  bytes: number;
  /** The heaviest packages and folders inside, heaviest first. */
  heaviest: { name: string; bytes: number }[];
};

/** Empties `outDir` and fills it. @throws when the code does not bundle. */
export const makePackage = async (outDir: string, entry = 'functions/start.ts'): Promise<Bundle> => {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const [{ bytes, metafile }] = await Promise.all([
    makeParts(outDir, entry),
    ...Object.entries(lateFiles).map(([name, lateFile]) =>
      build({
        ...{ ...options, ...commonJs, stdin: lateEntry(name), outfile: join(outDir, lateFile) },
        plugins: name === '@azure/service-bus' ? [unused] : [],
      }),
    ),
  ]);
  writeFileSync(join(outDir, 'functions.json'), JSON.stringify(await functionList()));
  copyFileSync(join(root, 'host.json'), join(outDir, 'host.json'));
  mkdirSync(join(outDir, 'fonts'));
  for (const font of fonts) copyFileSync(join(root, fontFolder, font), join(outDir, 'fonts', font));
  copyFileSync(join(root, drawingEngine), join(outDir, 'resvg.wasm'));
  const { name, version } = manifest;
  const deployed = { name, version, private: true, main: 'main.cjs' };
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(deployed, null, 2)}\n`);
  writeFileSync(join(outDir, '.funcignore'), '*.map\n');
  return { file: join(outDir, 'main.cjs'), bytes, heaviest: heaviestOf(metafile) };
};

/** Cut where dynamic imports are; the bundler cuts ES modules alone, so they become CommonJS afterwards. */
const makeParts = async (outDir: string, entry: string): Promise<{ bytes: number; metafile: Metafile }> => {
  const { outputFiles, metafile } = await build({
    ...{ ...options, entryPoints: { main: join(root, entry) }, outdir: outDir, write: false },
    ...{ format: 'esm', splitting: true, chunkNames: 'part-[hash]', outExtension: { '.js': '.cjs' } },
    ...{ sourcemap: 'inline', plugins: [apart, oneLanguage] },
  });
  const sizes = await Promise.all(outputFiles.map((part) => writePart(outDir, part)));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), metafile };
};

const writePart = async (outDir: string, { path, text }: OutputFile): Promise<number> => {
  const name = basename(path);
  const { platform, target, minify } = options;
  const { code, map } = await transform(text, {
    ...{ ...commonJs, platform, target, minify, sourcemap: 'external', sourcefile: name },
  });
  writeFileSync(join(outDir, name), code);
  writeFileSync(join(outDir, `${name}.map`), map);
  return Buffer.byteLength(code);
};

const options = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  minify: true,
  metafile: true,
  external: ['@azure/functions-core'],
  define: { 'import.meta.dirname': '__dirname' },
  absWorkingDir: root,
  logLevel: 'warning',
} satisfies BuildOptions;

const commonJs = {
  format: 'cjs',
  supported: { 'dynamic-import': false }, // becomes a require at the moment it is reached
} as const;

/** Packages that a cold start need not read, and the file each lies in. */
export const lateFiles: Readonly<Record<string, string>> = {
  applicationinsights: 'telemetry.cjs',
  '@azure/cosmos': 'cosmos.cjs',
  '@azure/service-bus': 'service-bus.cjs',
  '@azure/communication-email': 'email.cjs',
  '@azure/identity': 'identity.cjs',
  '@azure/storage-blob': 'blob.cjs',
  'date-holidays': 'holidays.cjs',
  pdfkit: 'pdf.cjs',
  echarts: 'charts.cjs',
  '@resvg/resvg-wasm': 'resvg.cjs',
  stripe: 'stripe.cjs',
  'postal-mime': 'inbound.cjs',
  'read-excel-file/universal': 'workbook-in.cjs',
  'write-excel-file/universal': 'workbook-out.cjs',
};
/** Read by `shared/formats/pdf-fonts.ts` with the first PDF. */
const fontFolder = 'node_modules/dejavu-fonts-ttf/ttf';
const fonts = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];
/** Read by `shared/formats/charts.ts` with the first chart. */
const drawingEngine = 'node_modules/@resvg/resvg-wasm/index_bg.wasm';

/** Of large libraries, what is used of them: the rest stays out. */
const used: Readonly<Record<string, string>> = {
  '@azure/cosmos': 'CosmosClient',
  '@azure/service-bus': 'ServiceBusClient',
  '@azure/communication-email': 'EmailClient',
  '@azure/identity': 'ManagedIdentityCredential',
  '@azure/storage-blob': 'BlobServiceClient',
};

const lateEntry = (name: string) => ({
  contents:
    used[name] === undefined
      ? `module.exports = require(${JSON.stringify(name)});`
      : `export { ${used[name]} } from ${JSON.stringify(name)};`,
  resolveDir: root,
});

/** Leads what the main file loads late to the file beside it. */
const apart: Plugin = {
  name: 'late-files-apart',
  setup: (builder) =>
    builder.onResolve({ filter: /^[@a-z]/ }, ({ path }) =>
      Object.hasOwn(lateFiles, path) ? { path: `./${lateFiles[path]}`, external: true } : undefined,
    ),
};

/** Messages of the schema library in fifty languages, of which callers get English. */
const oneLanguage: Plugin = {
  name: 'one-language-of-schemas',
  setup: (builder) =>
    builder.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    })),
};

/**
 * XML for managing a namespace: a part of the Service Bus SDK that nothing here reaches, since queues are made by Bicep.
 */
const unused: Plugin = {
  name: 'unused-left-out',
  setup: (builder) => {
    builder.onResolve({ filter: /^@azure\/core-xml$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    builder.onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const heaviestOf = (metafile: Metafile): Bundle['heaviest'] => {
  const sums = new Map<string, number>();
  for (const output of Object.values(metafile.outputs))
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs))
      sums.set(partOf(path), (sums.get(partOf(path)) ?? 0) + bytesInOutput);
  return [...sums]
    .map(([name, bytes]) => ({ name, bytes }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 5);
};

/** The package or the top folder a bundled file belongs to. */
const partOf = (path: string): string => {
  const inPackage = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  return inPackage ?? path.split('/').slice(0, 2).join('/');
};
